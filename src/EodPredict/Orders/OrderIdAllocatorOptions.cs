namespace EodPredict.Orders;

/// <summary>How an allocator leases.</summary>
public sealed class OrderIdAllocatorOptions
{
    /// <summary>Who uses the ids: a row of the ledger. Two processes with one name harm nothing but share that row.</summary>
    public required string Worker { get; init; }

    /// <summary>How long ids last, at the rate seen before, when the database goes away. The default is ten minutes.</summary>
    public TimeSpan Endurance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most ids held at a time, and so the most that a crash wastes. The default is 2^26, some 67 million.</summary>
    public long MostHeld { get; init; } = 1L << 26;

    /// <summary>How long a caller waits when all ids are used and the database does not answer. The default is 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
