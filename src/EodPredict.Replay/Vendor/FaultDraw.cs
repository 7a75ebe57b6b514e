namespace EodPredict.Replay.Vendor;

/// <summary>Draws what goes wrong with each request of one endpoint, and how long its answer takes. It holds no state.</summary>
/// <param name="options">The shares.</param>
/// <param name="seed">The seed.</param>
/// <param name="endpoint">Keeps the draws of two endpoints apart.</param>
internal sealed class FaultDraw(FaultOptions options, int seed, string endpoint)
{
    private readonly SeededChance _chance = new(seed);

    /// <param name="number">The number of the request at this endpoint.</param>
    /// <param name="now">On the service's clock.</param>
    public FaultKind Kind(long number, DateTimeOffset now)
    {
        if (options.Outages.Any(outage => outage.From <= now && now < outage.Until))
        {
            return FaultKind.Outage;
        }

        var draw = _chance.Draw("fault", endpoint, number);
        foreach (var (kind, share) in Shares())
        {
            if (draw < share)
            {
                return kind;
            }

            draw -= share;
        }

        return FaultKind.None;
    }

    /// <summary>On the wall clock; at most ten times the median.</summary>
    public TimeSpan Latency(long number)
    {
        const double LongestTail = 10;
        var spread = options.LatencySpread * _chance.DrawNormal("latency", endpoint, number);
        return options.MedianLatency * Math.Min(LongestTail, Math.Exp(spread));
    }

    private IEnumerable<(FaultKind Kind, double Share)> Shares() =>
    [
        (FaultKind.Hang, options.HangShare),
        (FaultKind.Garbage, options.GarbageShare),
        (FaultKind.Huge, options.HugeShare),
        (FaultKind.Reset, options.ResetShare),
        (FaultKind.Redirect, options.RedirectShare),
    ];
}
