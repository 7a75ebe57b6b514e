namespace EodPredict.Service.Orders;

/// <summary>Orders after a cursor.</summary>
/// <param name="Orders">The orders, in the order of their commits.</param>
/// <param name="NextCursor">Where to read on.</param>
internal sealed record OrderPage(IReadOnlyList<OrderEntry> Orders, string NextCursor);
