using System.Globalization;
using EodPredict.Availability;
using EodPredict.Service.Pages.Why;

namespace EodPredict.Service.Pages.Jobs;

/// <summary>The buttons that pause and resume what is watched, and have a session checked.</summary>
internal static class WatchRoutes
{
    public const string Path = JobsRoutes.Path + "/watch";
    public const string CheckPath = Path + "/check";

    public static void MapWatch(this IEndpointRouteBuilder routes)
    {
        Map(routes, $"{Path}/pause", async (watch, form, cancellationToken) =>
        {
            await watch.PauseAsync(form["dataset"].ToString(), Ticker(form), form["reason"].ToString(), cancellationToken);
            return JobsRoutes.Path;
        });
        Map(routes, $"{Path}/resume", async (watch, form, cancellationToken) =>
        {
            await watch.ResumeAsync(form["dataset"].ToString(), Ticker(form), cancellationToken);
            return JobsRoutes.Path;
        });
        Map(routes, CheckPath, async (watch, form, cancellationToken) =>
        {
            var (dataset, ticker) = (form["dataset"].ToString(), form["ticker"].ToString());
            return DateOnly.TryParseExact(form["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && await watch.CheckNowAsync(dataset, ticker, date, cancellationToken)
                ? WhyAddress.Of(dataset, ticker, date)
                : throw new KeyNotFoundException("That session is not open, or is being checked just now.");
        });
    }

    private static void Map(
        IEndpointRouteBuilder routes, string path, Func<WatchChanges, IFormCollection, CancellationToken, Task<string>> act) =>
        routes.MapAction(
            path, (form, services, cancellationToken) => act(services.GetRequiredService<WatchChanges>(), form, cancellationToken),
            e => e is ArgumentException or KeyNotFoundException ? e.Message : null);

    private static string? Ticker(IFormCollection form) => form["ticker"].ToString().Trim() is { Length: > 0 } ticker ? ticker : null;
}
