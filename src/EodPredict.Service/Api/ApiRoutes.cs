using EodPredict.Service.Events;
using EodPredict.Service.Forecasts;
using EodPredict.Service.History;
using EodPredict.Service.Jobs;
using EodPredict.Service.Models;
using EodPredict.Service.Orders;
using EodPredict.Service.Scraping;

namespace EodPredict.Service.Api;

/// <summary>Everything below /api.</summary>
internal static class ApiRoutes
{
    /// <summary>What every address of the API begins with.</summary>
    public const string Root = "/api";

    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddApiDescription().AddSingleton<HistoryQuery>().AddSingleton<ModelChoices>().AddSingleton<OrderSearch>().AddSingleton<RunHistory>().AddSingleton<EventStream>().AddSingleton<ArrivalWatch>()
            .AddHostedService(provider => provider.GetRequiredService<ArrivalWatch>());

    /// <summary>What the web server itself refuses below /api is a problem too.</summary>
    public static void UseApiProblems(this WebApplication service) => service.UseWhen(
        context => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal),
        api => api
            .UseStatusCodePages(refused => TellAsync(refused.HttpContext))
            .UseExceptionHandler(failed => failed.Run(TellAsync)));

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CrossSiteFilter>();
        api.MapScrapes();
        api.MapOrders();
        api.MapForecasts();
        api.MapHistory();
        api.MapModelApi();
        api.MapJobApi();
        api.MapEvents();
        routes.MapApiDescription();
    }

    /// <summary>Answers with the problem that the status stands for.</summary>
    internal static Task TellAsync(HttpContext context) => ApiProblem.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
}
