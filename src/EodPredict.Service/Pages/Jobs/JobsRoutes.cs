using EodPredict.Jobs;

namespace EodPredict.Service.Pages.Jobs;

/// <summary>The page of jobs, and its buttons.</summary>
internal static class JobsRoutes
{
    public const string Path = "/jobs";

    private const int MostPlanned = 30;
    private const int MostRuns = 50;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<JobsPage, JobsContent>(Path, async (context, cancellationToken) =>
        {
            var engine = context.RequestServices.GetRequiredService<IJobEngine>();
            var jobs = context.RequestServices.GetRequiredService<RecurringJobs>();
            return new JobsContent
            {
                Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
                Engine = engine.Name,
                Recurring = await jobs.ListAsync(cancellationToken),
                Planned = await engine.PlannedAsync(MostPlanned, cancellationToken),
                Runs = await jobs.RunsAsync(MostRuns, cancellationToken),
            };
        });
        Map(routes, "run", (jobs, key, _, cancellationToken) => jobs.RunNowAsync(key, cancellationToken));
        Map(routes, "pause", (jobs, key, form, cancellationToken) => jobs.PauseAsync(key, form["reason"].ToString(), cancellationToken));
        Map(routes, "resume", (jobs, key, _, cancellationToken) => jobs.ResumeAsync(key, cancellationToken));
    }

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
