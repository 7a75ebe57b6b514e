namespace EodPredict.Scraping.Pace;

/// <summary>
/// Single requests, ever further apart, that find out when a server admits again which refuses everything. What it asks for in Retry-After
/// stretches the gaps as far as it has proved true, and never for ever. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class RecoveryFeelers
{
    private const double LeastGap = 0.02;
    private const double LongestGapInOutage = 2;
    private const double MostStretch = 4;
    private const double Tolerance = 1.3;

    private double _asked;
    private double _trusted;

    /// <summary>When the next is due.</summary>
    public double Due { get; private set; }

    /// <summary>Whether the reply of one is awaited.</summary>
    public bool Out { get; private set; }

    /// <summary>How many were planned since everything was refused.</summary>
    public int Count { get; private set; }

    public void Begin() => (Count, Out) = (0, false);

    public void Sent() => Out = true;

    public void Answered() => Out = false;

    /// <summary>A reply asked for patience until an instant; null where it did not.</summary>
    public void Asked(double? until) => _asked = until ?? 0;

    /// <summary>Plans the next one.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="since">Since when everything is refused.</param>
    /// <param name="latency">The usual latency.</param>
    /// <param name="boundary">When a window is expected to begin; null while unknown.</param>
    /// <param name="outage">Whether the server does not answer at all.</param>
    public void Plan(double now, double since, double latency, double? boundary, bool outage)
    {
        Count++;
        var elapsed = now - since;
        var first = Math.Max(latency, LeastGap);
        var gap = Math.Max(first, elapsed * (elapsed < 2 ? 0.8 : 0.35));
        gap = boundary is { } begins ? Math.Max(first, begins - now) : gap;
        gap = outage ? Math.Min(gap, LongestGapInOutage) : gap;
        var asked = _asked - now;
        if (asked > gap)
        {
            var believed = MostStretch * Math.Min(elapsed, Math.Max(_trusted, 1));
            gap = asked < MostStretch * _trusted ? asked : Math.Min(asked, Math.Max(gap, believed));
        }

        Due = now + gap;
    }

    /// <summary>The server admits again: what it asked for is compared with what it took.</summary>
    public void Recovered(double now, double since)
    {
        if (_asked > since)
        {
            var ratio = (_asked - since) / Math.Max(LeastGap, now - since);
            _trusted = ratio is < Tolerance and > 1 / Tolerance ? Math.Max(_trusted, _asked - since) : 0;
        }

        (_asked, Out) = (0, false);
    }
}
