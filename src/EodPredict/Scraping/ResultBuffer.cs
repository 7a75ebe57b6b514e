using EodPredict.Scraping.Storage;

namespace EodPredict.Scraping;

/// <summary>What has ended and is not committed yet. Not thread-safe.</summary>
internal sealed class ResultBuffer
{
    private const int MostItems = 20_000;
    private const int MostItemsAtOnce = 4000;
    private const long MostBytes = 64 << 20;
    private const long MostBytesAtOnce = 8 << 20;

    private readonly Queue<EndedItem> _ended = new();
    private long _bytes;

    public int Count => _ended.Count;

    /// <summary>Whether nothing may be fetched before something was committed.</summary>
    public bool IsFull => Count >= MostItems || _bytes >= MostBytes;

    /// <summary>Whether there is enough for one statement.</summary>
    public bool IsWorthIt => Count >= MostItemsAtOnce || _bytes >= MostBytesAtOnce;

    public void Add(EndedItem item)
    {
        _ended.Enqueue(item);
        _bytes += Length(item);
    }

    /// <summary>Takes what one statement should commit.</summary>
    public List<EndedItem> Take()
    {
        var taken = new List<EndedItem>();
        var bytes = 0L;
        while (taken.Count < MostItemsAtOnce && bytes < MostBytesAtOnce && _ended.TryDequeue(out var item))
        {
            taken.Add(item);
            bytes += Length(item);
        }

        _bytes -= bytes;

        return taken;
    }

    private static long Length(EndedItem item) => item.Reply?.Body?.Length ?? 0;
}
