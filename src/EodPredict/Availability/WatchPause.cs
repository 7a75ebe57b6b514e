namespace EodPredict.Availability;

/// <summary>Something that is not asked for until somebody lets it be.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker; null: all of the dataset.</param>
/// <param name="PausedAt">Since when.</param>
/// <param name="PausedBecause">Why, in the words of who paused it.</param>
public sealed record WatchPause(string Dataset, string? Ticker, DateTimeOffset PausedAt, string PausedBecause);
