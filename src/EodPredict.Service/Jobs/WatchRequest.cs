namespace EodPredict.Service.Jobs;

/// <summary>What is posted to pause or resume what is watched, or to have a session checked.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker; left out: all of the dataset.</param>
/// <param name="Reason">To pause: why; others will read it.</param>
/// <param name="SessionDate">To check: which session.</param>
internal sealed record WatchRequest(string? Dataset = null, string? Ticker = null, string? Reason = null, DateOnly? SessionDate = null);
