using NodaTime;

namespace EodPredict.Forecasting;

/// <summary>
/// The clocks that a provider's nightly job may run by. A job at a fixed hour drifts against the close when one of the two changes to
/// daylight saving, or on a half day; which clock a provider keeps is learned. European and North American daylight saving cover the rest.
/// </summary>
internal static class VendorClocks
{
    private static readonly DateTimeZone Europe = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly DateTimeZone America = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The close itself, UTC, a European clock, a North American clock.</summary>
    public const int Count = 4;

    private const double Day = 1440;

    /// <summary>What each clock shows at the close, in minutes, using the offset in force at the arrival.</summary>
    public static void Read(DateTimeOffset close, double sinceClose, Span<double> minutes)
    {
        var utc = close.UtcDateTime.TimeOfDay.TotalMinutes;
        var arrival = Instant.FromDateTimeOffset(close).Plus(Duration.FromMinutes(sinceClose));
        minutes[0] = 0;
        minutes[1] = utc;
        minutes[2] = utc + (Europe.GetUtcOffset(arrival).Seconds / 60.0);
        minutes[3] = utc + (America.GetUtcOffset(arrival).Seconds / 60.0);
    }

    /// <summary>Whether no clock changes between the close and the horizon, so that one reading holds for every arrival.</summary>
    public static bool AreSteady(DateTimeOffset close, TimeSpan horizon)
    {
        var (from, to) = (Instant.FromDateTimeOffset(close), Instant.FromDateTimeOffset(close + horizon));
        return Europe.GetUtcOffset(from) == Europe.GetUtcOffset(to) && America.GetUtcOffset(from) == America.GetUtcOffset(to);
    }

    /// <summary>How much later the close stands on a clock than it did, the short way round the dial.</summary>
    public static double Later(double now, double then)
    {
        var difference = now - then;
        return difference - (Day * Math.Round(difference / Day));
    }
}
