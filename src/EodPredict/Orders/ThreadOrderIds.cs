namespace EodPredict.Orders;

/// <summary>Some ids that one thread counts through by itself: no other thread may use them.</summary>
internal sealed class ThreadOrderIds(OrderIdAllocator owner, int generation, OrderIdRange ids)
{
    private readonly long _last = ids.Last;
    private long _next = ids.First;

    public OrderIdAllocator Owner { get; } = owner;

    /// <summary>The owner's when it handed these out.</summary>
    public int Generation { get; } = generation;

    /// <summary>What is not used yet; of no ids where all are.</summary>
    public OrderIdRange Rest => new(_next, _last);

    /// <summary>Whether there was an id left that its owner still has.</summary>
    public bool TryNext(OrderIdAllocator asker, int current, out long id)
    {
        id = _next;
        if (Owner != asker || Generation != current || id > _last)
        {
            return false;
        }

        _next = id + 1;
        return true;
    }
}
