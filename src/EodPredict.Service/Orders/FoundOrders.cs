namespace EodPredict.Service.Orders;

/// <summary>A page of recorded orders, the latest commit first.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="NextBefore">What to give as <c>before</c> for the next page; null: there is none.</param>
/// <param name="LookedThrough">
/// How many of the latest orders were looked through where neither id nor key was given; null where all were asked by an index.
/// </param>
public sealed record FoundOrders(IReadOnlyList<OrderEntry> Entries, string? NextBefore, long? LookedThrough);
