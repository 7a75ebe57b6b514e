namespace EodPredict.Orders;

/// <summary>What became of a worker's ids. Issued = Used + Reserved + LeasedUnused + Abandoned.</summary>
/// <param name="Worker">The source of single ids, the holder of leased ones; empty for ids that nobody holds.</param>
/// <param name="Issued">Ids given out.</param>
/// <param name="Used">Ids of recorded orders.</param>
/// <param name="Reserved">Ids with a key and no order yet.</param>
/// <param name="LeasedUnused">Ids of leases whose holder may still use them.</param>
/// <param name="Abandoned">Ids that nobody will use: of ended leases, of transactions rolled back, skipped in a crash.</param>
public sealed record OrderLedgerRow(string Worker, long Issued, long Used, long Reserved, long LeasedUnused, long Abandoned);
