namespace EodPredict.Orders;

/// <summary>A leased range and how far it is used.</summary>
internal sealed class HeldLease(OrderIdRange range)
{
    private long _next = range.First;

    /// <summary>As it was given out.</summary>
    public OrderIdRange Range { get; } = range;

    public long Left => Range.Last - _next + 1;

    /// <summary>The next ids: as many as asked for, or as there are.</summary>
    public OrderIdRange Take(long most)
    {
        var taken = new OrderIdRange(_next, _next + Math.Min(most, Left) - 1);
        _next = taken.Last + 1;
        return taken;
    }
}
