namespace EodPredict.Replay.Vendor;

/// <summary>Counts requests as one <see cref="ThrottleShape"/> does: a small state machine over instants. Not thread-safe.</summary>
internal abstract class RateMeter
{
    /// <summary>Admits a request with zero, or says how long to wait for the next one to be admitted.</summary>
    public abstract TimeSpan Ask(TimeSpan now);

    /// <summary>Uses up the rate for a request that was refused.</summary>
    public abstract void CountRefused(TimeSpan now);

    /// <summary>How many requests would be admitted at once.</summary>
    public abstract int Remaining(TimeSpan now);

    /// <summary>The meter of a shape; null where there is none.</summary>
    public static RateMeter? Of(ThrottleOptions options) => options.Shape switch
    {
        ThrottleShape.TokenBucket => new TokenBucket(PerSecond(options), options.Burst ?? Math.Max(1, options.Limit)),
        ThrottleShape.StrictSpacing => new TokenBucket(PerSecond(options), burst: 1),
        ThrottleShape.FixedWindow => new FixedWindow((int)Math.Max(1, options.Limit), options.Window),
        ThrottleShape.SlidingWindow => new SlidingWindow((int)Math.Max(1, options.Limit), options.Window),
        _ => null,
    };

    private static double PerSecond(ThrottleOptions options) => options.Limit / options.Window.TotalSeconds;
}
