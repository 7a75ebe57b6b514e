using EodPredict.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Orders;

/// <summary>Registers the orders slice.</summary>
public static class OrdersServiceCollectionExtensions
{
    /// <summary>The trade history and its ids, and the guard over them. Needs an NpgsqlDataSource and the wall clock.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration) =>
        services
            .Configure<OrderOptions>(configuration.GetSection("Eod:Orders"))
            .AddSingleton<OrderStore>()
            .AddSingleton(provider => new OrderIdAllocators(provider.GetRequiredKeyedService<TimeProvider>(WallClock.Key)))
            .AddHostedService<OrderGuard>();
}
