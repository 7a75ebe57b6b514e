using EodPredict.Database;
using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Service.Pages.Orders;

/// <summary>The page of orders.</summary>
internal static class OrdersRoutes
{
    public const string Path = "/orders";

    private const int MostWorkers = 500;

    public static void MapOrderPage(this IEndpointRouteBuilder routes) =>
        routes.MapPage<OrdersPage, OrdersContent>(Path, async (context, cancellationToken) => new OrdersContent
        {
            Ledger = await context.RequestServices.GetRequiredService<OrderStore>().LedgerAsync(cancellationToken),
            Leases = await context.RequestServices.GetRequiredService<NpgsqlDataSource>().Sql(
                """
                select l.worker, count(*), sum(l.last_block - l.first_block + 1)::bigint, count(e.first_block), max(l.leased_at)
                from eod.order_lease l left join eod.order_lease_end e using (first_block)
                group by l.worker order by max(l.leased_at) desc limit $1
                """, MostWorkers)
                .ListAsync(
                    row => new WorkerLeases(
                        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)),
                    cancellationToken),
        });
}
