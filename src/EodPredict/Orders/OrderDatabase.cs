namespace EodPredict.Orders;

/// <summary>Which database gives out ids, and in which of its epochs. Neither a name nor an address can say that.</summary>
/// <param name="SystemIdentifier">The cluster's own number, made by initdb.</param>
/// <param name="Database">The database's number in it; another one in a clone and after drop and create.</param>
/// <param name="Epoch">Changes with every fence: after a crash, a restart, a failover, a restore.</param>
public readonly record struct OrderDatabase(long SystemIdentifier, uint Database, long Epoch);
