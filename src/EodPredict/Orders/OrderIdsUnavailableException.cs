namespace EodPredict.Orders;

/// <summary>All leased ids are used and no further lease could be had; the message says for how long and why.</summary>
public sealed class OrderIdsUnavailableException(string message, Exception? inner) : Exception(message, inner);
