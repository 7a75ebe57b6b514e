using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Prometheus;

namespace EodPredict.Service.Monitoring;

/// <summary>
/// Keeps what the meters of the process measure, for Prometheus. The package's own adapter forgets a series that was not measured for a
/// day, and a counter that comes back begins at zero: end-of-day data rests for three days each weekend. Safe for concurrent use.
/// </summary>
internal sealed class MeterCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Action<double, string[]>> _series = new();
    private readonly MetricFactory _metrics;

    /// <param name="registry">Where it is kept; before it is read, gauges are asked.</param>
    /// <param name="meters">How the names of the meters begin that are listened to.</param>
    public MeterCollector(CollectorRegistry registry, string meters)
    {
        _metrics = Prometheus.Metrics.WithCustomRegistry(registry);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(meters, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
        registry.AddBeforeCollectCallback(_listener.RecordObservableInstruments);
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new string[tags.Length];
        var values = new string[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            (names[i], values[i]) = (tags[i].Key, tags[i].Value?.ToString() ?? "");
        }

        _series.GetOrAdd(instrument, Series, names)(value, values);
    }

    // Labels are those of the first measurement; every measurement of an instrument has the same.
    private Action<double, string[]> Series(Instrument instrument, string[] labels)
    {
        var name = $"{instrument.Meter.Name.Replace('.', '_')}_{instrument.Name}";
        var help = instrument.Description ?? "";
        switch (instrument)
        {
            case Counter<long>:
                var counter = _metrics.CreateCounter(name, help, labels);
                return (value, of) => counter.WithLabels(of).Inc(value);
            case Histogram<double> measured:
                var histogram = _metrics.CreateHistogram(
                    name, help, labels, new HistogramConfiguration { Buckets = [.. measured.Advice?.HistogramBucketBoundaries ?? []] });
                return (value, of) => histogram.WithLabels(of).Observe(value);
            default:
                var gauge = _metrics.CreateGauge(name, help, labels);
                return (value, of) => gauge.WithLabels(of).Set(value);
        }
    }
}
