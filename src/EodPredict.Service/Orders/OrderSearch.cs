using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EodPredict.Database;
using EodPredict.Service.History;
using Npgsql;

namespace EodPredict.Service.Orders;

/// <summary>
/// Finds recorded orders, the latest commit first: by id or by source and key through an index, by anything else among the latest. Safe for
/// concurrent use.
/// </summary>
internal sealed partial class OrderSearch(NpgsqlDataSource database)
{
    /// <summary>
    /// How many of the latest orders before the page are looked through where no index leads to them: a page then takes
    /// tens of milliseconds, and the next one goes on from there. An index by source would slow every recording down.
    /// </summary>
    public const int MostLookedThrough = 20_000;

    // Reserved orders are recorded in another table. Both are read backwards along the index of their commits.
    private const string Latest = """
        with latest as (
            select * from (
                (select o.order_id, o.source, o.client_key, o.payload, o.recorded_at, o.epoch, o.transaction_id from eod.orders o
                 where o.payload is not null and (o.epoch, o.transaction_id, o.order_id) < ($1::bigint, $2::text::xid8, $3::bigint)
                 order by o.epoch desc, o.transaction_id desc, o.order_id desc limit $4)
                union all
                (select f.order_id, o.source, o.client_key, f.payload, f.recorded_at, f.epoch, f.transaction_id
                 from eod.order_fill f join eod.orders o using (order_id)
                 where (f.epoch, f.transaction_id, f.order_id) < ($1::bigint, $2::text::xid8, $3::bigint)
                 order by f.epoch desc, f.transaction_id desc, f.order_id desc limit $4)) both_of_them
            order by epoch desc, transaction_id desc, order_id desc limit $4
        )
        """;

    private const string Columns = """
        order_id, source, client_key, payload::text, recorded_at, format('%s:%s:%s', epoch, transaction_id, order_id)
        """;

    /// <summary>A page of those that fit.</summary>
    /// <exception cref="FormatException"><c>before</c> is none that was given out.</exception>
    public Task<FoundOrders> FindAsync(OrderFilter filter, CancellationToken cancellationToken) =>
        filter.OrderId is not null || filter is { Source.Length: > 0, ClientKey.Length: > 0 }
            ? FindOneAsync(filter, cancellationToken) : FindLatestAsync(filter, cancellationToken);

    /// <summary>The order of an id; null where none is recorded under it.</summary>
    public async Task<OrderEntry?> FindAsync(long orderId, CancellationToken cancellationToken) =>
        (await FindOneAsync(new OrderFilter(null, null, orderId, null, null, null), cancellationToken)).Entries.SingleOrDefault();

    private async Task<FoundOrders> FindOneAsync(OrderFilter filter, CancellationToken cancellationToken)
    {
        const string One = $"""
            select {Columns} from (
                select o.order_id, o.source, o.client_key, coalesce(o.payload, f.payload) as payload,
                    coalesce(f.recorded_at, o.recorded_at) as recorded_at, o.epoch, o.transaction_id
                from eod.orders o left join eod.order_fill f using (order_id)
                where ($1::bigint is null or o.order_id = $1) and ($2::text is null or o.source = $2)
                  and ($3::text is null or o.client_key = $3)) one
            where payload is not null and ($4 = '' or strpos(lower(payload::text), lower($4)) > 0) limit 1
            """;
        var found = await database.Sql(One, filter.OrderId, Given(filter.Source), Given(filter.ClientKey), filter.Text ?? "")
            .ListAsync(row => Read(row).Order, cancellationToken);
        return new FoundOrders(found, null, null);
    }

    private async Task<FoundOrders> FindLatestAsync(OrderFilter filter, CancellationToken cancellationToken)
    {
        var isFiltered = (filter.Source ?? "") + filter.ClientKey + filter.Text is { Length: > 0 };
        var (rows, looked) = (HistoryFilter.RowsOf(filter.Max), isFiltered ? MostLookedThrough : HistoryFilter.RowsOf(filter.Max) + 1);
        var (epoch, transaction, id) = Place(filter.Before);
        const string Fitting = $"""
            {Latest}
            select {Columns}, (select count(*) from latest),
                (select format('%s:%s:%s', epoch, transaction_id, order_id) from latest order by epoch, transaction_id, order_id limit 1)
            from (select true) always left join (
                select * from latest
                where ($5::text is null or source = $5) and ($6::text is null or client_key = $6) and ($7 = ''
                    or strpos(lower(concat_ws(' ', source, client_key, payload::text)), lower($7)) > 0)
                order by epoch desc, transaction_id desc, order_id desc limit $8) fitting on true
            order by epoch desc, transaction_id desc, order_id desc
            """;
        var read = await database.Sql(
            Fitting, epoch, transaction, id, looked, Given(filter.Source), Given(filter.ClientKey), filter.Text ?? "", rows + 1).ListAsync(
                row => (Found: row.IsDBNull(0) ? null : ((OrderEntry Order, string Cursor)?)Read(row), Looked: row.GetInt64(6),
                    Last: row.Nullable<string>(7)),
                cancellationToken);
        var found = read.Select(one => one.Found).OfType<(OrderEntry Order, string Cursor)>().ToList();
        var next = found.Count > rows ? found[rows - 1].Cursor : isFiltered && read[0].Looked == MostLookedThrough ? read[0].Last : null;
        return new FoundOrders([.. found.Take(rows).Select(one => one.Order)], next, isFiltered ? read[0].Looked : null);
    }

    private static (long Epoch, string Transaction, long Id) Place(string? before)
    {
        if (before is null or "")
        {
            return (long.MaxValue, "18446744073709551615", long.MaxValue);
        }

        return Cursor().Match(before) is { Success: true } at
            && long.TryParse(at.Groups[1].Value, CultureInfo.InvariantCulture, out var epoch)
            && ulong.TryParse(at.Groups[2].Value, CultureInfo.InvariantCulture, out _)
            && long.TryParse(at.Groups[3].Value, CultureInfo.InvariantCulture, out var id)
            ? (epoch, at.Groups[2].Value, id) : throw new FormatException("before is no place that a page has named.");
    }

    private static (OrderEntry Order, string Cursor) Read(NpgsqlDataReader row) => (
        new OrderEntry(
            row.GetInt64(0), row.GetString(1), row.GetString(2), JsonSerializer.Deserialize<JsonElement>(row.GetString(3)),
            row.GetFieldValue<DateTimeOffset>(4)),
        row.GetString(5));

    private static string? Given(string? text) => text is { Length: > 0 } ? text : null;

    [GeneratedRegex("^([0-9]{1,19}):([0-9]{1,20}):([0-9]{1,16})$")]
    private static partial Regex Cursor();
}
