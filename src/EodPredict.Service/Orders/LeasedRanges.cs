namespace EodPredict.Service.Orders;

/// <summary>Ids that were leased to a worker.</summary>
/// <param name="Ranges">The ids, in ascending order.</param>
internal sealed record LeasedRanges(IReadOnlyList<LeasedRange> Ranges);
