namespace EodPredict.Service.Jobs;

/// <summary>Something that ran: a check, a training or another recurring job, a scraping job.</summary>
/// <param name="Kind">check, scrape, or the kind of a recurring job, such as train.</param>
/// <param name="Title">What it was, for people.</param>
/// <param name="Dataset">The dataset of a check; null for others.</param>
/// <param name="Ticker">The ticker of a check; null for others.</param>
/// <param name="SessionDate">The session date of a check; null for others.</param>
/// <param name="BeganAt">When it began.</param>
/// <param name="EndedAt">When it ended; null: it runs, or its process died.</param>
/// <param name="Outcome">
/// Of a check what the reply was taken for, such as not_yet; of others done, failed, stopped, gave up, paused or cut short; null while it
/// runs.
/// </param>
/// <param name="Reason">Why, in a sentence; null where there is nothing to say.</param>
/// <param name="IsByHand">Whether somebody asked for it.</param>
public sealed record RunEntry(
    string Kind, string Title, string? Dataset, string? Ticker, DateOnly? SessionDate, DateTimeOffset BeganAt, DateTimeOffset? EndedAt,
    string? Outcome, string? Reason, bool IsByHand);
