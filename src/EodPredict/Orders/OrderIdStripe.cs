using System.Runtime.InteropServices;

namespace EodPredict.Orders;

/// <summary>Some ids that the threads of one core count through, in a cache line that no other core writes to. Used up, it is replaced.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal sealed class OrderIdStripe(OrderIdRange ids)
{
    [FieldOffset(64)]
    private long _before = ids.First - 1;

    [FieldOffset(72)]
    private readonly long _last = ids.Last;

    /// <summary>Whether there was an id left. Safe for concurrent use.</summary>
    public bool TryNext(out long id)
    {
        id = Interlocked.Increment(ref _before);
        return id <= _last;
    }
}
