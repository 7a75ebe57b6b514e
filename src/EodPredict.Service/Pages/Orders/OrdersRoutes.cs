using System.Globalization;
using EodPredict.Database;
using EodPredict.Orders;
using EodPredict.Service.Orders;
using Npgsql;

namespace EodPredict.Service.Pages.Orders;

/// <summary>The page of orders.</summary>
internal static class OrdersRoutes
{
    public const string Path = "/orders";

    private const int MostWorkers = 500;
    private const int MostOrders = 50;

    /// <summary>The page with these orders on it.</summary>
    public static string Of(OrderFilter filter, string csv = "") => PageAddress.Of(
        Path, ("source", filter.Source ?? ""), ("client_key", filter.ClientKey ?? ""),
        ("order_id", filter.OrderId?.ToString(CultureInfo.InvariantCulture) ?? ""), ("q", filter.Text ?? ""),
        ("before", filter.Before ?? ""), ("csv", csv));

    public static void MapOrderPage(this IEndpointRouteBuilder routes) =>
        routes.MapPage<OrdersPage, OrdersContent>(Path, async (context, cancellationToken) =>
        {
            var filter = Asked(context.Request.Query);
            return new OrdersContent
            {
                Ledger = await context.RequestServices.GetRequiredService<OrderStore>().LedgerAsync(cancellationToken),
                Leases = await LeasesAsync(context.RequestServices.GetRequiredService<NpgsqlDataSource>(), cancellationToken),
                Filter = filter,
                Found = await FindAsync(context.RequestServices.GetRequiredService<OrderSearch>(), filter, cancellationToken),
            };
        });

    private static Task<List<WorkerLeases>> LeasesAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select l.worker, count(*), sum(l.last_block - l.first_block + 1)::bigint, count(e.first_block), max(l.leased_at)
            from eod.order_lease l left join eod.order_lease_end e using (first_block)
            group by l.worker order by max(l.leased_at) desc limit $1
            """, MostWorkers)
            .ListAsync(
                row => new WorkerLeases(
                    row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)),
                cancellationToken);

    private static async Task<FoundOrders> FindAsync(OrderSearch search, OrderFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            return await search.FindAsync(filter, cancellationToken);
        }
        catch (FormatException)
        {
            return new FoundOrders([], null, null);
        }
    }

    private static OrderFilter Asked(IQueryCollection query) => new(
        Given(query, "source"), Given(query, "client_key"),
        Given(query, "order_id") is { } id ? long.TryParse(id, CultureInfo.InvariantCulture, out var known) ? known : -1 : null,
        Given(query, "q"), Given(query, "before"), MostOrders);

    private static string? Given(IQueryCollection query, string name) =>
        query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
