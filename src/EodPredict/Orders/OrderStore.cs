using EodPredict.Database;
using Npgsql;

namespace EodPredict.Orders;

/// <summary>
/// The trade history and its ids, through the SQL functions of the schema <c>eod</c>. A call that failed may be made again: a key has one
/// id, for ever. Safe for concurrent use.
/// </summary>
public sealed class OrderStore(NpgsqlDataSource database)
{
    // Answers that another try would meet again: our own, and values that PostgreSQL refuses.
    private static readonly string[] Refusals =
    [
        OrderRefusedException.OtherPayload, OrderRefusedException.NotLeased, OrderRefusedException.IdTaken, OrderRefusedException.NotSafe,
        OrderRefusedException.BadCursor, OrderRefusedException.SpaceUsedUp, PostgresErrorCodes.NullValueNotAllowed,
        PostgresErrorCodes.InvalidParameterValue, PostgresErrorCodes.InvalidTextRepresentation, PostgresErrorCodes.CheckViolation,
        PostgresErrorCodes.UntranslatableCharacter,
    ];

    /// <summary>Records an order, under a new id or the one reserved for its key.</summary>
    /// <param name="source">Whose keys these are, of at most 256 bytes.</param>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Stops waiting; the order may be recorded all the same.</param>
    /// <returns>Its id, and whether this call recorded it.</returns>
    /// <exception cref="OrderRefusedException">Another payload is recorded under the key; a leased id is not leased or taken.</exception>
    public async Task<(long OrderId, bool Created)> RecordAsync(string source, NewOrder order, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var command = order.OrderId is { } leased
            ? connection.Sql("select recorded_id, created from eod.record_leased_order($1, $2, $3, $4::jsonb)", leased, source, order.ClientKey, order.Payload)
            : connection.Sql("select order_id, created from eod.record_order($1, $2, $3::jsonb)", source, order.ClientKey, order.Payload);
        return (await AskAsync(() => command.ListAsync(row => (row.GetInt64(0), row.GetBoolean(1)), cancellationToken))).Single();
    }

    /// <summary>Records a batch: all of it, or none where one order is refused. Orders that were recorded before are counted, not repeated.</summary>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public async Task<OrderCounts> RecordBatchAsync(string source, IEnumerable<NewOrder> orders, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var counts = await AskAsync(() => new OrderBatch(connection, source).RecordAsync(orders, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return counts;
    }

    /// <summary>An id that is durable before the order leaves for a broker; always the same for a key.</summary>
    public Task<long> ReserveAsync(string source, string clientKey, CancellationToken cancellationToken) =>
        AskAsync(() => database.Sql("select eod.reserve_order_id($1, $2)", source, clientKey).FirstAsync<long>(cancellationToken));

    /// <summary>Leases blocks of 1024 ids.</summary>
    /// <param name="worker">Who uses them; the ledger has a row for it.</param>
    /// <param name="blocks">From 1 to 4096.</param>
    /// <param name="cancellationToken">Stops waiting; the lease may be made all the same, and is then abandoned.</param>
    /// <exception cref="OrderRefusedException">Ids are not safe to give out now, or the id space is used up.</exception>
    public async Task<OrderIdLease> LeaseAsync(string worker, int blocks, CancellationToken cancellationToken)
    {
        var rows = await AskAsync(() => database
            .Sql(
                "select i.system_identifier, i.database, i.epoch, l.first_id, l.last_id from eod.order_identity() i, eod.lease_order_ids($1, $2) l",
                worker, blocks)
            .ListAsync(
                row => (From: new OrderDatabase(row.GetInt64(0), row.GetFieldValue<uint>(1), row.GetInt64(2)),
                    Range: new OrderIdRange(row.GetInt64(3), row.GetInt64(4))),
                cancellationToken));
        return new OrderIdLease(rows[0].From, [.. rows.Select(row => row.Range)]);
    }

    /// <summary>The database, and its good epoch, opened where there is none.</summary>
    /// <exception cref="OrderRefusedException">Ids are not safe to give out now.</exception>
    public async Task<OrderDatabase> IdentifyAsync(CancellationToken cancellationToken) =>
        (await AskAsync(() => database.Sql("select system_identifier, database, epoch from eod.order_identity()").ListAsync(
            row => new OrderDatabase(row.GetInt64(0), row.GetFieldValue<uint>(1), row.GetInt64(2)), cancellationToken))).Single();

    /// <summary>Whether a leased range, exactly as it was given out, is still this worker's. To be asked when the database has changed.</summary>
    public async Task<bool> KeepsAsync(string worker, OrderIdRange leased, CancellationToken cancellationToken) =>
        await database.Sql("select eod.keep_order_ids($1, $2, $3)", worker, leased.First, leased.Last).FirstAsync<bool>(cancellationToken);

    /// <summary>Says that the worker is done with its leases: what is unused of them is abandoned.</summary>
    public Task EndLeasesAsync(string worker, CancellationToken cancellationToken) =>
        database.Sql("select eod.end_order_leases($1)", worker).RunAsync(cancellationToken);

    /// <summary>The orders after a cursor in the order of their commits: none is missed, none comes twice.</summary>
    /// <param name="cursor">The last order's <see cref="RecordedOrder.NextCursor"/>; empty: from the first order on.</param>
    /// <param name="most">From 1 to 100,000.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="OrderRefusedException">That is no cursor.</exception>
    public Task<List<RecordedOrder>> SinceAsync(string cursor, int most, CancellationToken cancellationToken) =>
        AskAsync(() => database
            .Sql("select order_id, source, client_key, payload, recorded_at, next_cursor from eod.orders_since($1, $2)", cursor, most)
            .ListAsync(
                row => new RecordedOrder(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5)),
                cancellationToken));

    /// <summary>What became of every id, a row a worker, exactly. Costs by the workers, and by what was recorded since it was asked last.</summary>
    public async Task<List<OrderLedgerRow>> LedgerAsync(CancellationToken cancellationToken)
    {
        await FoldAsync(cancellationToken);
        return await database.Sql("select worker, issued, used, reserved, leased_unused, abandoned from eod.order_ledger()").ListAsync(
            row => new OrderLedgerRow(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancellationToken);
    }

    /// <summary>Adds what was recorded since to the sums that the ledger is made of.</summary>
    public async Task FoldAsync(CancellationToken cancellationToken)
    {
        while (await database.Sql("select eod.fold_orders()").FirstAsync<bool>(cancellationToken))
        {
            // It goes a million orders at a time.
        }
    }

    /// <summary>Opens an epoch where none is known to be good.</summary>
    /// <returns>The good epoch.</returns>
    /// <exception cref="OrderRefusedException">Ids are not safe to give out now.</exception>
    public Task<long> FenceAsync(CancellationToken cancellationToken) =>
        AskAsync(() => database.Sql("select eod.fence_orders()").FirstAsync<long>(cancellationToken));

    /// <summary>Chooses where ids come from, for every process of the installation, and opens an epoch where that changes.</summary>
    /// <inheritdoc cref="FenceAsync"/>
    public Task<long> UseAsync(OrderAuthority authority, CancellationToken cancellationToken) =>
        AskAsync(() => database
            .Sql("select eod.use_order_authority($1)", authority == OrderAuthority.Counter ? "counter" : "sequence")
            .FirstAsync<long>(cancellationToken));

    /// <summary>
    /// Why the last epoch is not marked outside the database, so that what it has given out would be forgotten if it were dropped; null
    /// where it is marked.
    /// </summary>
    public Task<string?> MarkFaultAsync(CancellationToken cancellationToken) =>
        database.Sql("select eod.order_mark_fault()").FirstAsync<string>(cancellationToken);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PostgresException e) when (Refusals.Contains(e.SqlState))
        {
            throw new OrderRefusedException(e.SqlState, string.Join(' ', new[] { e.MessageText, e.Detail, e.Hint }.Where(text => text is not null)), e);
        }
    }
}
