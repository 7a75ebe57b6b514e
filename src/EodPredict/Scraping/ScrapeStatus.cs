namespace EodPredict.Scraping;

/// <summary>How far a job is, over all of its runs.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="State">open, paused, cancelled or done.</param>
/// <param name="Items">Ids that were given.</param>
/// <param name="Stored">Items whose data is stored.</param>
/// <param name="Failed">Items that have failed for good, unless they are retried by hand.</param>
/// <param name="Attempts">Requests sent, retries included.</param>
/// <param name="Refused">Requests that the server refused for lack of patience.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="IsRunning">Whether a living process runs it now.</param>
/// <param name="StoppedBecause">Why the last run gave up; null where it did not.</param>
public sealed record ScrapeStatus(
    string Name, string State, long Items, long Stored, long Failed, long Attempts, long Refused, double Seconds, bool IsRunning,
    string? StoppedBecause)
{
    /// <summary>When it has to be done; null: no such instant.</summary>
    public DateTimeOffset? FinishBy { get; init; }

    /// <summary>When it is sent next, for one that may wait and does; else null.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When it is sent and why, in a sentence, as long as it is to be sent; null for one that may not wait.</summary>
    public string? StartsBecause { get; init; }

    /// <summary>Items that are neither stored nor failed.</summary>
    public long Left => Items - Stored - Failed;
}
