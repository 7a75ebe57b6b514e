using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Storage;

namespace EodPredict.Scraping;

/// <summary>What wakes the loop: an attempt that has ended, or, without an item, only the time or a statement that is done.</summary>
/// <param name="Item">The item that was asked for.</param>
/// <param name="Attempt">When and how it went.</param>
/// <param name="Reply">What it brought; null where it was given up because the run stops.</param>
internal readonly record struct LoopEvent(ClaimedItem? Item, Attempt Attempt, FetchedReply? Reply);
