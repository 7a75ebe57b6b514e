namespace EodPredict.Replay.Vendor;

/// <summary>What goes wrong at one endpoint. Shares are drawn for each request by the seed and its number; they sum to at most 1.</summary>
public sealed class FaultOptions
{
    /// <summary>The median time to the reply, on the wall clock; zero or more. Default: zero.</summary>
    public TimeSpan MedianLatency { get; set; }

    /// <summary>The spread of the latency: the standard deviation of its logarithm; 0 to 3. Default: 0, always the median.</summary>
    public double LatencySpread { get; set; }

    /// <summary>The share of requests that are never answered; 0 to 1. Default: 0.</summary>
    public double HangShare { get; set; }

    /// <summary>The share answered with bytes that are not JSON; 0 to 1. Default: 0.</summary>
    public double GarbageShare { get; set; }

    /// <summary>The share answered with <see cref="HugeBytes"/>; 0 to 1. Default: 0.</summary>
    public double HugeShare { get; set; }

    /// <summary>How long a huge body is, in bytes; more than 0. Default: 10,000,000,000.</summary>
    public long HugeBytes { get; set; } = 10_000_000_000;

    /// <summary>The share whose connection is cut; 0 to 1. Default: 0.</summary>
    public double ResetShare { get; set; }

    /// <summary>The share redirected to <see cref="RedirectTo"/>; 0 to 1. Default: 0.</summary>
    public double RedirectShare { get; set; }

    /// <summary>Where a redirect points; an absolute address.</summary>
    public Uri RedirectTo { get; set; } = new("http://elsewhere.invalid/");

    /// <summary>When the endpoint answers nothing but 503. Default: never.</summary>
    public IList<OutageWindow> Outages { get; } = [];
}
