namespace EodPredict.Scraping.Limit;

/// <summary>What the headers of one reply said about the limit, each as a time from that reply on. Hints: servers err.</summary>
/// <param name="RetryAfter">How long to send nothing; null where it was not said.</param>
/// <param name="Remaining">How many more requests are allowed before <paramref name="Reset"/>; null where it was not said.</param>
/// <param name="Reset">How long until more are allowed; null where it was not said.</param>
/// <param name="Quota">Requests per <paramref name="Window"/>; null where it was not said.</param>
/// <param name="Window">The time for which <paramref name="Quota"/> holds; null where it was not said.</param>
public readonly record struct LimitHint(TimeSpan? RetryAfter, double? Remaining, TimeSpan? Reset, double? Quota, TimeSpan? Window);
