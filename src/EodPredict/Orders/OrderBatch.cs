using EodPredict.Database;
using Npgsql;

namespace EodPredict.Orders;

/// <summary>
/// One batch of orders on its way into the history, a part at a time: a part is made ready while the server takes the one before. Who may
/// write into the history copies into it, and stages only parts that hold known keys; others stage all. Not safe for concurrent use.
/// </summary>
/// <param name="connection">In a transaction.</param>
/// <param name="source">Whose keys these are.</param>
internal sealed class OrderBatch(NpgsqlConnection connection, string source)
{
    private const int MostOrders = 8 * 1024;                        // new ids are whole blocks then
    private const int EnoughCharacters = 4 << 20;

    private bool _mayWrite;
    private bool _hasStage;

    /// <summary>Records them all, or fails and leaves it to the caller to roll back.</summary>
    public async Task<OrderCounts> RecordAsync(IEnumerable<NewOrder> orders, CancellationToken cancellationToken)
    {
        using var left = orders.GetEnumerator();
        _mayWrite = await connection
            .Sql("""
                select has_table_privilege('eod.orders', 'insert')
                       and has_function_privilege('eod.place_orders(text, text, bigint[], integer)', 'execute')
                """)
            .FirstAsync<bool>(cancellationToken);
        var counts = new OrderCounts(0, 0);
        var (ready, spare) = ((OrderCopy?)null, new OrderCopy(source));
        var taken = Take(left);
        while (ready is not null || taken.Count > 0)
        {
            var places = taken.Count > 0 ? await PlaceAsync(taken, cancellationToken) : null;
            var recording = ready is null ? Task.FromResult(new OrderCounts(0, 0)) : RecordAsync(ready, cancellationToken);
            OrderCopy? next = null;
            try
            {
                if (taken.Count > 0)
                {
                    spare.Fill(taken, places);
                    next = spare;
                    taken = Take(left);
                }
            }
            finally
            {
                await ((Task)recording).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var part = await recording;
            counts = new OrderCounts(counts.Created + part.Created, counts.Known + part.Known);
            (ready, spare) = (next, ready ?? new OrderCopy(source));
        }

        return counts;
    }

    // Some thousands, or some megabytes.
    private static List<NewOrder> Take(IEnumerator<NewOrder> left)
    {
        var (taken, characters) = (new List<NewOrder>(), 0L);
        while (taken.Count < MostOrders && characters < EnoughCharacters && left.MoveNext())
        {
            taken.Add(left.Current);
            characters += left.Current.ClientKey.Length + left.Current.Payload.Length;
        }

        return taken;
    }

    // Null where they are to be staged.
    private async Task<OrderPlaces?> PlaceAsync(List<NewOrder> orders, CancellationToken cancellationToken)
    {
        if (!_mayWrite)
        {
            return null;
        }

        var (blocks, newIds) = (new Dictionary<long, long>(), 0);
        foreach (var order in orders)
        {
            if (order.OrderId is { } leased)
            {
                blocks.TryAdd(OrderPlaces.Block(leased), leased);
            }
            else
            {
                newIds++;
            }
        }

        return (await connection
            .Sql(
                """
                select known, recorded_by, recorded_at, epoch, transaction_id, order_ids, blocks, leases from eod.place_orders($1, $2, $3, $4)
                """,
                source, orders[0].ClientKey, blocks.Values.ToArray(), newIds)
            .ListAsync(
                row => row.GetBoolean(0) ? null : new OrderPlaces(
                    row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<long[]>(5),
                    row.GetFieldValue<long[]>(6).Zip(row.GetFieldValue<long[]>(7)).ToDictionary(block => block.First, block => block.Second)),
                cancellationToken))
            .Single();
    }

    private async Task<OrderCounts> RecordAsync(OrderCopy part, CancellationToken cancellationToken)
    {
        if (part.Places is null)
        {
            return await StageAsync(part, cancellationToken);
        }

        await connection.Sql("savepoint part").RunAsync(cancellationToken);
        try
        {
            await CopyAsync(
                "eod.orders (order_id, source, client_key, payload, lease, recorded_by, recorded_at, epoch, transaction_id)", part,
                cancellationToken);
            await connection.Sql("release savepoint part").RunAsync(cancellationToken);
            return new OrderCounts(part.Orders.Count, 0);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await connection.Sql("rollback to savepoint part; release savepoint part").RunAsync(cancellationToken);
            part.Fill(part.Orders, null);
            return await StageAsync(part, cancellationToken);
        }
    }

    private async Task<OrderCounts> StageAsync(OrderCopy part, CancellationToken cancellationToken)
    {
        if (!_hasStage)
        {
            await connection.Sql("select eod.stage_orders()").RunAsync(cancellationToken);
            _hasStage = true;
        }

        await CopyAsync("pg_temp.order_staging (order_id, source, client_key, payload)", part, cancellationToken);
        return (await connection.Sql("select created, known from eod.record_staged_orders()")
            .ListAsync(row => new OrderCounts(row.GetInt64(0), row.GetInt64(1)), cancellationToken)).Single();
    }

    private async Task CopyAsync(string table, OrderCopy part, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellationToken);
        try
        {
            await copy.WriteAsync(part.Bytes, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await copy.CancelAsync();                              // else its end would say that rows are missing
            throw;
        }
    }
}
