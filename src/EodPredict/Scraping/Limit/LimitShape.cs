namespace EodPredict.Scraping.Limit;

/// <summary>How a server counts requests against its limit.</summary>
public enum LimitShape
{
    /// <summary>Too little was refused to tell.</summary>
    Unknown,

    /// <summary>Tokens flow in evenly up to a burst; each request takes one.</summary>
    TokenBucket,

    /// <summary>Requests must keep an even distance, but for one or two.</summary>
    StrictSpacing,

    /// <summary>So many requests in each window; the count starts anew with each.</summary>
    FixedWindow,

    /// <summary>So many requests in the window that ends now.</summary>
    SlidingWindow,
}
