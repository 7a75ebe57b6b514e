using System.Diagnostics.Metrics;

namespace EodPredict.Availability;

/// <summary>Counts the sessions that this process has ended, and how long data was there before it was found. Safe for any thread.</summary>
internal static class SessionMeter
{
    private static readonly Meter Meter = new("eod.availability");

    private static readonly InstrumentAdvice<double> Delays = new()
    {
        HistogramBucketBoundaries = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800],
    };

    private static readonly Counter<long> Ended = Meter.CreateCounter<long>(
        "sessions_ended_total", description: "Sessions that this process ended, by dataset and state (found, missed, never).");

    private static readonly Histogram<double> Delay = Meter.CreateHistogram(
        "find_delay_seconds", "s", "The most that data had been there when this process found it: since the last 'not yet', or the close.",
        null, Delays);

    private static readonly Histogram<double> AfterClose = Meter.CreateHistogram(
        "find_after_close_seconds", "s", "Time from the close to the find, by dataset.", null, Delays);

    /// <summary>Counts a session whose end is committed.</summary>
    public static void Count(OpenSession session, CheckDecision decision)
    {
        var dataset = new KeyValuePair<string, object?>("dataset", session.Dataset);
        switch (decision)
        {
            case CheckDecision.Found(var interval):
                Ended.Add(1, dataset, new("state", "found"));
                Delay.Record((interval.By!.Value - interval.After).TotalSeconds, dataset);
                AfterClose.Record(interval.By.Value.TotalSeconds, dataset);
                break;
            case CheckDecision.GiveUp(var state, _):
                Ended.Add(1, dataset, new("state", state));
                break;
        }
    }
}
