namespace EodPredict.Service.Orders;

/// <summary>What became of an order that was sent.</summary>
/// <param name="OrderId">Its id.</param>
/// <param name="Created">Whether it was recorded now; false: it was known before.</param>
internal sealed record OrderReceipt(long OrderId, bool Created);
