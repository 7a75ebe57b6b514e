using System.Globalization;
using EodPredict.Availability;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Service.Jobs;

namespace EodPredict.Service.Pages.Jobs;

/// <summary>The page of jobs, and its buttons.</summary>
internal static class JobsRoutes
{
    public const string Path = "/jobs";

    private const int MostPlanned = 30;
    private const int MostRuns = 30;

    /// <summary>The page with these runs on it.</summary>
    public static string Of(RunFilter filter, string csv = "") => PageAddress.Of(
        Path, ("q", filter.Text), ("kind", filter.Kind), ("csv", csv),
        ("before", filter.Before?.ToString("O", CultureInfo.InvariantCulture) ?? "")) + (csv.Length > 0 ? "" : "#ran");

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<JobsPage, JobsContent>(Path, async (context, cancellationToken) =>
        {
            var engine = context.RequestServices.GetRequiredService<IJobEngine>();
            var jobs = context.RequestServices.GetRequiredService<RecurringJobs>();
            var services = context.RequestServices;
            var filter = Asked(context.Request.Query);
            var (ran, before) = await services.GetRequiredService<RunHistory>().ReadAsync(filter, MostRuns, cancellationToken);
            return new JobsContent
            {
                Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
                Engine = engine.Name,
                Recurring = await jobs.ListAsync(cancellationToken),
                Planned = await engine.PlannedAsync(MostPlanned, cancellationToken),
                Datasets = [.. services.GetRequiredService<DatasetCatalog>().All.Select(dataset => dataset.Name)],
                Pauses = await services.GetRequiredService<WatchChanges>().ListAsync(cancellationToken),
                Kinds = await services.GetRequiredService<RunHistory>().KindsAsync(cancellationToken),
                Filter = filter,
                Runs = ran,
                RunsBefore = before,
            };
        });
        Map(routes, "run", (jobs, key, _, cancellationToken) => jobs.RunNowAsync(key, cancellationToken));
        Map(routes, "pause", (jobs, key, form, cancellationToken) => jobs.PauseAsync(key, form["reason"].ToString(), cancellationToken));
        Map(routes, "resume", (jobs, key, _, cancellationToken) => jobs.ResumeAsync(key, cancellationToken));
    }

    private static RunFilter Asked(IQueryCollection query) => new(
        query["q"].ToString().Trim(), query["kind"].ToString(),
        DateTimeOffset.TryParse(query["before"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var before)
            ? before : null);

    private static void Map(
        IEndpointRouteBuilder routes, string action, Func<RecurringJobs, JobKey, IFormCollection, CancellationToken, Task> act) =>
        routes.MapAction(
            $"{Path}/{action}",
            async (form, services, cancellationToken) =>
            {
                var key = new JobKey(form["kind"].ToString(), form["id"].ToString());
                await act(services.GetRequiredService<RecurringJobs>(), key, form, cancellationToken);
                return Path;
            },
            e => e is ArgumentException or KeyNotFoundException ? e.Message : null);
}
