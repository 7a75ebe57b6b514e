using System.Diagnostics.Metrics;

namespace EodPredict.Jobs;

/// <summary>Counts the jobs that this process has run, and how late they began. Safe for any thread.</summary>
public static class JobMeter
{
    private static readonly Meter Meter = new("eod.job");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "runs_total", description: "Jobs that this process ran, by kind and outcome (done, failed, cut_short).");

    private static readonly Histogram<double> Lateness = Meter.CreateHistogram(
        "lateness_seconds", "s", "How long after its instant a job of this process began, by kind, on the wall clock.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });

    /// <summary>Tells that an engine begins a job.</summary>
    /// <param name="key">The job.</param>
    /// <param name="due">Its instant on the service's clock.</param>
    /// <param name="now">The service's clock; before <paramref name="due"/> by less than its resolution counts as in time.</param>
    /// <param name="scale">How the service's clock runs against the wall's.</param>
    public static void Began(JobKey key, DateTimeOffset due, DateTimeOffset now, TimeScale scale) =>
        Lateness.Record(Math.Max(0, (now - due).TotalSeconds / scale.Speed), new KeyValuePair<string, object?>("kind", key.Kind));

    internal static void Ended(JobKey key, string outcome) => Runs.Add(1, new("kind", key.Kind), new("outcome", outcome));
}
