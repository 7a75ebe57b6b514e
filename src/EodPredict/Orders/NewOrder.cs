namespace EodPredict.Orders;

/// <summary>An order to be recorded.</summary>
/// <param name="ClientKey">What makes it this order and no other, of at most 1024 bytes; made before the first try and kept for the next.</param>
/// <param name="Payload">The order itself, as JSON.</param>
/// <param name="OrderId">A leased id, or null for a new one.</param>
public sealed record NewOrder(string ClientKey, string Payload, long? OrderId = null);
