namespace EodPredict.Orders;

/// <summary>What one lease gave.</summary>
/// <param name="From">The database that gave it.</param>
/// <param name="Ranges">The ids, as runs of whole blocks.</param>
public sealed record OrderIdLease(OrderDatabase From, IReadOnlyList<OrderIdRange> Ranges);
