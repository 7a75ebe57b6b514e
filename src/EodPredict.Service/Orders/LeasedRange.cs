namespace EodPredict.Service.Orders;

/// <summary>Ids that follow one another.</summary>
/// <param name="FirstId">The first.</param>
/// <param name="LastId">The last; it belongs to them.</param>
internal sealed record LeasedRange(long FirstId, long LastId);
