namespace EodPredict.Scraping.Limit;

/// <summary>What one attempt told about the server's limit.</summary>
public enum AttemptOutcome
{
    /// <summary>Served. A reply that is served but wrong, such as a 404, counts as served: the limit let it through.</summary>
    Accepted,

    /// <summary>Refused for lack of patience: 429, 503 or a note in place of the data.</summary>
    Refused,

    /// <summary>No answer, or a fault of the server: it says nothing about the limit.</summary>
    Failed,
}
