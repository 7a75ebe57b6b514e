namespace EodPredict.Service.Jobs;

/// <summary>Which runs are asked for.</summary>
/// <param name="Text">A ticker, a dataset, or part of a scraping job's name; empty for all.</param>
/// <param name="Kind">check, scrape, or the kind of a recurring job; empty for all.</param>
/// <param name="Before">Only runs that began earlier: the next page; null: from the latest on.</param>
public sealed record RunFilter(string Text, string Kind, DateTimeOffset? Before);
