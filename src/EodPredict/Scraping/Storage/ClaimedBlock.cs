namespace EodPredict.Scraping.Storage;

/// <summary>Items that this process has taken together. Not thread-safe.</summary>
/// <param name="id">Its row's.</param>
internal sealed class ClaimedBlock(long id)
{
    public long Id { get; } = id;

    /// <summary>Items of it that have not ended, or whose end is not being committed.</summary>
    public int Left { get; set; }
}
