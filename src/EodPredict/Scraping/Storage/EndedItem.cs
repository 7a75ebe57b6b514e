using EodPredict.Scraping.Http;

namespace EodPredict.Scraping.Storage;

/// <summary>What becomes of an item that was taken.</summary>
/// <param name="Item">The item.</param>
/// <param name="State">stored, failed, or waiting where it is given back after attempts.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Reply">What is stored.</param>
/// <param name="At">When.</param>
internal sealed record EndedItem(ClaimedItem Item, string State, string? Reason, FetchedReply? Reply, DateTimeOffset At)
{
    public const string Stored = "stored";
    public const string Failed = "failed";
    public const string Waiting = "waiting";
}
