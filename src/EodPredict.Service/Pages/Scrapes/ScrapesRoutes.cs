using EodPredict.Scraping;
using EodPredict.Service.Scraping;

namespace EodPredict.Service.Pages.Scrapes;

/// <summary>The page of scraping jobs, and its buttons.</summary>
internal static class ScrapesRoutes
{
    public const string Path = "/scrapes";

    public static void MapScrapePage(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<ScrapesPage, ScrapesContent>(Path, (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<ScrapesData>().ReadAsync(cancellationToken)!);
        Map(routes, "pause", (actions, name, cancellationToken) => actions.PauseAsync(name, cancellationToken));
        Map(routes, "resume", (actions, name, cancellationToken) => actions.ResumeAsync(name, cancellationToken));
        Map(routes, "cancel", (actions, name, cancellationToken) => actions.CancelAsync(name, cancellationToken));
        Map(routes, "retry", (actions, name, cancellationToken) => actions.RetryAsync(name, cancellationToken));
    }

    private static void Map(IEndpointRouteBuilder routes, string action, Func<ScrapeActions, string, CancellationToken, Task> act) =>
        routes.MapAction(
            $"{Path}/{action}",
            async (form, services, cancellationToken) =>
            {
                await act(services.GetRequiredService<ScrapeActions>(), form["name"].ToString(), cancellationToken);
                return Path;
            },
            e => e is ScrapeRefusedException ? e.Message : null);
}
