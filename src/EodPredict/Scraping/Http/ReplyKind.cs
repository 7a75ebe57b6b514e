namespace EodPredict.Scraping.Http;

/// <summary>What a reply means for its item.</summary>
internal enum ReplyKind
{
    /// <summary>The data: it is stored.</summary>
    Accepted,

    /// <summary>Refused for lack of patience: the item waits, and no retry is spent.</summary>
    Throttled,

    /// <summary>Another attempt would be answered the same: the item has failed, until somebody retries it by hand.</summary>
    Permanent,

    /// <summary>No answer, or a fault of the server: tried again, a bounded number of times.</summary>
    Transient,

    /// <summary>The server does not know us: no item is to blame, and the run ends.</summary>
    Unauthorized,
}
