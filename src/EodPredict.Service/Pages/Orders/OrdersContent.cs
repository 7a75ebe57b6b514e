using EodPredict.Orders;
using EodPredict.Service.Orders;

namespace EodPredict.Service.Pages.Orders;

/// <summary>What the page of orders shows.</summary>
public sealed record OrdersContent : PageContent
{
    /// <summary>What became of every id, a row a worker.</summary>
    public required IReadOnlyList<OrderLedgerRow> Ledger { get; init; }

    /// <summary>Who holds leased ids, the latest lease first.</summary>
    public required IReadOnlyList<WorkerLeases> Leases { get; init; }

    /// <summary>Which recorded orders are shown.</summary>
    public required OrderFilter Filter { get; init; }

    /// <summary>Recorded orders, the latest first.</summary>
    public required FoundOrders Found { get; init; }

    public override IEnumerable<NumberTable> Tables =>
    [
        new("orders", "Recorded orders, the latest first", ["order_id", "source", "client_key", "recorded_utc", "payload"],
            [.. Found.Entries.Select(order => new object?[]
            {
                order.OrderId, order.Source, order.ClientKey, order.RecordedAt, order.Payload.GetRawText(),
            })]),
        new("ledger", "What became of every order id", ["worker", "issued", "used", "reserved", "leased_unused", "abandoned"],
            [.. Ledger.Select(row => new object?[] { row.Worker, row.Issued, row.Used, row.Reserved, row.LeasedUnused, row.Abandoned })]),
        new("leases", "Who holds leased ids", ["worker", "leases", "blocks", "ended_leases", "last_leased_utc"],
            [.. Leases.Select(row => new object?[] { row.Worker, row.Leases, row.Blocks, row.Ended, row.LastAt })]),
    ];
}
