namespace EodPredict.Service.Orders;

/// <summary>An id that was reserved.</summary>
/// <param name="OrderId">The id.</param>
internal sealed record OrderReservation(long OrderId);
