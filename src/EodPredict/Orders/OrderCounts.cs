namespace EodPredict.Orders;

/// <summary>What became of a batch.</summary>
/// <param name="Created">Orders that were recorded by it.</param>
/// <param name="Known">Orders that had been recorded before.</param>
public readonly record struct OrderCounts(long Created, long Known);
