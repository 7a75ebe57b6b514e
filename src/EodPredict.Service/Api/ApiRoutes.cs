using EodPredict.Service.Events;
using EodPredict.Service.Orders;
using EodPredict.Service.Scraping;

namespace EodPredict.Service.Api;

/// <summary>Everything below /api.</summary>
internal static class ApiRoutes
{
    private const string Root = "/api";

    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddSingleton<EventStream>().AddSingleton<ArrivalWatch>()
            .AddHostedService(provider => provider.GetRequiredService<ArrivalWatch>());

    public static void MapApi(this WebApplication service)
    {
        service.UseWhen(
            context => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal),
            api => api.UseStatusCodePages(refused => ApiProblem.OfStatus(refused.HttpContext.Response.StatusCode).ExecuteAsync(refused.HttpContext)));
        var api = service.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CrossSiteFilter>();
        api.MapScrapes();
        api.MapOrders();
        api.MapEvents();
    }
}
