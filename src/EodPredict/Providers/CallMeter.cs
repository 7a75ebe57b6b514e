using System.Diagnostics.Metrics;

namespace EodPredict.Providers;

/// <summary>Counts the calls that this process has made to providers. Safe for any thread.</summary>
internal static class CallMeter
{
    private static readonly Meter Meter = new("eod.provider");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "calls_total", description: "Calls that this process sent to providers, by dataset, method (GET, HEAD, PAGE) and outcome.");

    public static void Count(Observation observation) => Calls.Add(
        1,
        new("dataset", observation.Dataset),
        new("method", ObservationLog.Name(observation.Method)),
        new("outcome", ObservationLog.Name(observation.Outcome)));
}
