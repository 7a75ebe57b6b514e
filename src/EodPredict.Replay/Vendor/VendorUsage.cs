namespace EodPredict.Replay.Vendor;

/// <summary>What the vendor has been asked so far. Each request is counted when it comes in, answered or not.</summary>
public sealed record VendorUsage
{
    /// <summary>GETs of /eod with a good key, throttled and faulty ones included.</summary>
    public required long Gets { get; init; }

    /// <summary>HEADs of /eod with a good key, throttled and faulty ones included.</summary>
    public required long Heads { get; init; }

    /// <summary>Looks at the status page.</summary>
    public required long Pages { get; init; }

    /// <summary>GETs of /items, throttled and faulty ones included.</summary>
    public required long Items { get; init; }

    /// <summary>GETs of /eod that were answered with the data asked for.</summary>
    public required long Found { get; init; }

    /// <summary>Requests of /eod that a limit refused.</summary>
    public required long Throttled { get; init; }

    /// <summary>GETs of /items that a limit refused.</summary>
    public required long ItemsThrottled { get; init; }

    /// <summary>Requests without a good key.</summary>
    public required long Refused { get; init; }

    /// <summary>Requests that met an outage, a hang, garbage, a huge body, a reset or a redirect.</summary>
    public required long Faults { get; init; }

    /// <summary>What all of it costs: every request but those refused or throttled, at its price.</summary>
    public required double Cost { get; init; }

    /// <summary>By ticker and session date, in that order.</summary>
    public required IReadOnlyList<SessionUsage> Sessions { get; init; }
}
