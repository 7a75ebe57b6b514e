using EodPredict.Scraping.Storage;

namespace EodPredict.Scraping;

/// <summary>
/// The items that this process has taken and not sent: those to be tried again when their time has come, the others in order. Not
/// thread-safe.
/// </summary>
internal sealed class ItemQueue
{
    private readonly Queue<ClaimedItem> _ready = new();
    private readonly PriorityQueue<ClaimedItem, TimeSpan> _later = new();

    public int Count => _ready.Count + _later.Count;

    /// <summary>When the next one may be sent; the largest time where there is none.</summary>
    public TimeSpan Due => _ready.Count > 0 ? TimeSpan.Zero : _later.TryPeek(out _, out var at) ? at : TimeSpan.MaxValue;

    public void Add(ClaimedItem item) => _ready.Enqueue(item);

    /// <summary>Not before an instant.</summary>
    public void Add(ClaimedItem item, TimeSpan at) => _later.Enqueue(item, at);

    /// <summary>Takes the next one; <see cref="Due"/> has passed.</summary>
    public ClaimedItem Take(TimeSpan now) =>
        _later.TryPeek(out _, out var at) && at <= now ? _later.Dequeue() : _ready.Dequeue();

    /// <summary>Takes them all.</summary>
    public List<ClaimedItem> Empty()
    {
        List<ClaimedItem> all = [.. _ready, .. _later.UnorderedItems.Select(item => item.Element)];
        _ready.Clear();
        _later.Clear();
        return all;
    }
}
