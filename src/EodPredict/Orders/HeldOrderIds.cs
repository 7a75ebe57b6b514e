namespace EodPredict.Orders;

/// <summary>The leased ids in hand, oldest first. Not safe for concurrent use.</summary>
internal sealed class HeldOrderIds
{
    private readonly LinkedList<HeldLease> _leases = [];

    /// <summary>Ids in hand.</summary>
    public long Count { get; private set; }

    /// <summary>Ids taken since the beginning.</summary>
    public long Taken { get; private set; }

    /// <summary>The ranges that are in hand at least in part, as they were given out.</summary>
    public IReadOnlyList<OrderIdRange> Ranges => [.. _leases.Select(lease => lease.Range)];

    public void Add(IEnumerable<OrderIdRange> ranges)
    {
        foreach (var range in ranges)
        {
            _leases.AddLast(new HeldLease(range));
            Count += range.Count;
        }
    }

    /// <summary>A run of at most so many ids; null where none is in hand.</summary>
    public OrderIdRange? Take(long most)
    {
        if (_leases.First is not { } oldest)
        {
            return null;
        }

        var taken = oldest.Value.Take(most);
        Count -= taken.Count;
        Taken += taken.Count;
        if (oldest.Value.Left == 0)
        {
            _leases.RemoveFirst();
        }

        return taken;
    }

    /// <summary>Puts back a run that was taken and not used.</summary>
    public void Return(OrderIdRange unused)
    {
        _leases.AddFirst(new HeldLease(unused));
        Count += unused.Count;
        Taken -= unused.Count;
    }

    /// <summary>Lets go of a range that is no longer ours.</summary>
    /// <returns>How many ids of it were in hand.</returns>
    public long Drop(OrderIdRange range)
    {
        if (_leases.FirstOrDefault(lease => lease.Range == range) is not { } lost)
        {
            return 0;
        }

        _leases.Remove(lost);
        Count -= lost.Left;
        return lost.Left;
    }
}
