using EodPredict.Orders;

namespace EodPredict.Service.Orders;

/// <summary>What became of every id.</summary>
/// <param name="Ledger">One row a source or worker.</param>
internal sealed record OrderLedger(IReadOnlyList<OrderLedgerRow> Ledger);
