namespace EodPredict.Scraping.Forecast;

/// <summary>The windows by which limits are forecast: each begins at a quarter of an hour (UTC) and ends before the next.</summary>
public static class LimitWindow
{
    /// <summary>How many a day has.</summary>
    public const int ADay = 96;

    /// <summary>How long one is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>When the window of an instant began.</summary>
    public static DateTimeOffset Begin(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Length.Ticks), TimeSpan.Zero);

    /// <summary>When the window after that of an instant begins.</summary>
    public static DateTimeOffset Next(DateTimeOffset at) => Begin(at) + Length;

    /// <summary>Which window of the day (UTC), from 0 to 95.</summary>
    internal static int OfDay(DateTimeOffset at) => (int)(at.UtcDateTime.TimeOfDay.Ticks / Length.Ticks);

    /// <summary>How many windows lie between two of the day, across midnight too: from 0 to 48.</summary>
    internal static int Apart(int one, int other)
    {
        var apart = Math.Abs(one - other);
        return Math.Min(apart, ADay - apart);
    }
}
