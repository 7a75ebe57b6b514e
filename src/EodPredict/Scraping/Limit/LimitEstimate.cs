namespace EodPredict.Scraping.Limit;

/// <summary>What a server seems to enforce. Confidences are shares from 0 to 1.</summary>
public sealed record LimitEstimate
{
    /// <summary>How requests are counted.</summary>
    public LimitShape Shape { get; init; }

    /// <summary>How sure the shape is: the refusals that it explains, less those that another shape explains as well.</summary>
    public double ShapeConfidence { get; init; }

    /// <summary>Requests per second; where the shape is unknown, what was borne, which is a lower bound.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>How sure the rate is: the share of refusals that the best shape explains, with few refusals counting less.</summary>
    public double RateConfidence { get; init; }

    /// <summary>The time for which the limit counts; for a token bucket, in which it fills.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>When a fixed window begins, on the attempts' clock and less than a window after its origin; else zero.</summary>
    public TimeSpan Phase { get; init; }

    /// <summary>Requests that are admitted at once after a rest.</summary>
    public double Burst { get; init; }

    /// <summary>Requests that are served at one time; null where no such cap shows.</summary>
    public int? InFlight { get; init; }

    /// <summary>The share of the refusals beyond that cap among those that came with so many in flight.</summary>
    public double InFlightConfidence { get; init; }

    /// <summary>Whether a refused request uses up the limit as an admitted one does.</summary>
    public bool RefusalsCount { get; init; }

    /// <summary>How much better refusals are explained where that is so, or is not.</summary>
    public double RefusalsCountConfidence { get; init; }

    /// <summary>The longest time for which everything was refused though the limit does not explain it: a ban. Zero for none.</summary>
    public TimeSpan Ban { get; init; }

    /// <summary>How sure the ban is: the more was refused in that time, the surer. Zero for none.</summary>
    public double BanConfidence { get; init; }
}
