namespace EodPredict.Replay.Vendor;

/// <summary>How a limit counts requests.</summary>
public enum ThrottleShape
{
    /// <summary>No limit of rate.</summary>
    None,

    /// <summary>Tokens flow in evenly up to the burst; each request takes one.</summary>
    TokenBucket,

    /// <summary>A request is refused that comes sooner than the even spacing after the last one admitted.</summary>
    StrictSpacing,

    /// <summary>So many requests in each window of the clock; the count starts anew with each.</summary>
    FixedWindow,

    /// <summary>So many requests in the window that ends now.</summary>
    SlidingWindow,
}
