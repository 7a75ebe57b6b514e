using EodPredict.Forecasting.Models;

namespace EodPredict.Forecasting.Learned;

/// <summary>
/// What the trees know of a session when it opens, and of each window in it: the one place where features are made, for training and
/// serving alike. A model is used only with the <see cref="Version"/> that it was fitted to. Pure.
/// </summary>
internal static class SessionFeatures
{
    /// <summary>Raised whenever a feature is added, taken away or means something else.</summary>
    public const int Version = 1;

    private const float MostSessionsThatMatter = 250;
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerHour = 60;

    private static readonly string[] OfSession =
    [
        "weekday", "day_of_month", "days_to_month_end", "days_to_quarter_end", "days_since_last_session", "close_against_usual_minutes",
        "median_minutes", "median_minute_of_day", "log_spread", "missing", "sessions_known",
        "last_place", "place_before_last", "mean_place_5", "mean_place_20", "same_weekday_place", "last_width", "mean_width_10",
        "others_last_place",
    ];

    private static readonly string[] OfWindow = ["window", "window_minutes", "window_minute_of_day", "window_minute_of_hour"];

    /// <summary>The names of a row's features, in their order: those of the session, then those of the window.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfSession, .. OfWindow];

    /// <summary>The same as the models' manifests have it.</summary>
    public static FeatureSchema Schema { get; } = new("arrival", Version, Names);

    /// <summary>How many features a session has.</summary>
    public static int SessionCount => OfSession.Length;

    /// <summary>The features of a session.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="close">The instant of its close.</param>
    /// <param name="law">What the ticker's experts expect.</param>
    /// <param name="places">Where its earlier arrivals fell in the laws of their days.</param>
    /// <param name="others">Where the provider's arrivals of the last session date fell on average; not a number where none is known.</param>
    public static float[] Of(DateOnly date, DateTimeOffset close, ArrivalLaw law, PlaceHistory places, double others)
    {
        var monthEnd = DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
        var quarterEnd = new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 3, 1).AddMonths(1).DayNumber - 1 - date.DayNumber;
        var known = 1 - law.Missing;
        var median = law.MinutesAt(known / 2);
        return
        [
            (float)date.DayOfWeek, date.Day, monthEnd, quarterEnd,
            places.DaysSince(date), places.CloseAgainstUsual(close),
            (float)median, (float)((close.UtcDateTime.TimeOfDay.TotalMinutes + median) % MinutesPerDay),
            (float)Math.Log(1 + law.MinutesAt(0.9 * known) - law.MinutesAt(0.1 * known)), (float)law.Missing,
            Math.Min(places.Count, MostSessionsThatMatter),
            places.MeanPlace(1), places.MeanPlace(1, skip: 1), places.MeanPlace(5), places.MeanPlace(20),
            places.MeanPlaceOn(date.DayOfWeek, 4),
            places.MeanWidth(1), places.MeanWidth(10),
            (float)others,
        ];
    }

    /// <summary>A row: the session's features, then those of one window.</summary>
    /// <param name="session">The session's features.</param>
    /// <param name="close">The instant of its close.</param>
    /// <param name="window">Which window, from 0.</param>
    /// <param name="middle">Minutes since the close at its middle.</param>
    /// <param name="row">Where the row is written.</param>
    public static void Fill(ReadOnlySpan<float> session, DateTimeOffset close, int window, float middle, Span<float> row)
    {
        session.CopyTo(row);
        var minute = (close.UtcDateTime.TimeOfDay.TotalMinutes + middle) % MinutesPerDay;
        row[session.Length] = window;
        row[session.Length + 1] = middle;
        row[session.Length + 2] = (float)minute;
        row[session.Length + 3] = (float)(minute % MinutesPerHour);
    }
}
