using EodPredict.Forecasting.Models;

namespace EodPredict.Scraping.Forecast;

/// <summary>
/// What the trees look at, for training and for serving. All of it is relative to the endpoint's own level, so that endpoints teach each
/// other. Logarithms of rates; not a number where nothing is known.
/// </summary>
internal static class LimitFeatures
{
    private const float MostHours = 24 * 14;

    /// <summary>The names, in the order of a row. The version changes with their meaning.</summary>
    public static FeatureSchema Schema { get; } = new(
        "throttle", 1,
        [
            "minute_of_day", "weekday", "day_of_month", "days_to_month_end", "hours_ahead",
            "window_against_level", "weekday_against_level", "shift", "deviation", "windows_like_it", "days_known",
            "last_against_level", "last_against_window", "last_age_hours", "off_last_day", "off_last_three_days",
            "off_last_week", "off_on_weekday",
        ]);

    /// <summary>Fills the row of a window.</summary>
    /// <param name="profile">What is known of the endpoint.</param>
    /// <param name="window">When the window begins.</param>
    /// <param name="now">When the forecast is made.</param>
    /// <param name="row">Where the row is written.</param>
    public static void Fill(LimitProfile profile, DateTimeOffset window, DateTimeOffset now, Span<float> row)
    {
        var at = window.UtcDateTime;
        var last = profile.Last;
        ReadOnlySpan<float> values =
        [
            (float)at.TimeOfDay.TotalMinutes, (float)at.DayOfWeek, at.Day, DateTime.DaysInMonth(at.Year, at.Month) - at.Day,
            Math.Min(MostHours, (float)(window - now).TotalHours),
            (float)profile.OfWindow(window), (float)profile.OfWeekday(window), (float)profile.Shift(window), (float)profile.Deviation,
            (float)profile.SeenOf(window), profile.Days,
            (float)(last.Rate - profile.Level), (float)(last.Rate - profile.Plain(last.Begin)),
            Math.Clamp((float)(now - last.End).TotalHours, 0, MostHours),
            (float)profile.OffLately(1, now), (float)profile.OffLately(3, now), (float)profile.OffLately(7, now),
            (float)profile.OffOnWeekday(window),
        ];
        values.CopyTo(row);
    }
}
