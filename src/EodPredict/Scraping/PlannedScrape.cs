using EodPredict.Scraping.Forecast;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Scraping;

/// <summary>
/// Runs jobs in the windows that are chosen for them; the choice is made again each window, before and while a job is sent. Jobs that
/// cannot wait run at once. Safe for concurrent use.
/// </summary>
public sealed partial class PlannedScrape(ScrapeRunner runner, ScrapePlans plans, TimeProvider time, ILogger<PlannedScrape> log)
{
    /// <summary>Runs a job as far as its plan goes now.</summary>
    /// <returns>How the run ended; or, where the job has to wait, when to call again.</returns>
    /// <param name="job">The job; headers whose secrets are not stored have them.</param>
    /// <param name="progress">Is told twice a second; may be null.</param>
    /// <param name="cancellationToken">Interrupts it; a run then ends within seconds, and does not throw.</param>
    /// <exception cref="ScrapeRefusedException">A secret is missing.</exception>
    /// <exception cref="NpgsqlException">The database was away for too long.</exception>
    public async Task<(ScrapeEnd? End, DateTimeOffset Again)> RunAsync(
        ScrapeJob job, IProgress<ScrapeProgress>? progress, CancellationToken cancellationToken)
    {
        if (await plans.PlanAsync(job, cancellationToken) is not { } plan)
        {
            return (await runner.RunAsync(job, progress, cancellationToken), default);
        }

        if (plan.StartsAt > time.GetUtcNow())
        {
            return (null, Again(plan));
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(job, ending);
        try
        {
            var end = await runner.RunAsync(job, progress, ending.Token);
            if (end.Kind != ScrapeEndKind.Stopped || cancellationToken.IsCancellationRequested)
            {
                return (end, default);
            }

            await ending.CancelAsync();
            return await watch is { } later ? (null, Again(later)) : (end, default);
        }
        finally
        {
            await ending.CancelAsync();
            await watch;
        }
    }

    // Looks at each turn of the window whether better ones are to come, and ends the run then.
    private async Task<WindowPlan?> WatchAsync(ScrapeJob job, CancellationTokenSource ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            await Task.Delay(LimitWindow.Next(now) - now, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!ending.IsCancellationRequested && await plans.PlanAsync(job, ending.Token) is { } plan
                    && plan.StartsAt > time.GetUtcNow())
                {
                    LogPaused(job.Name, plan.Because);
                    await ending.CancelAsync();
                    return plan;
                }
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (NpgsqlException e)
            {
                LogNotPlanned(job.Name, e.Message);
            }
        }

        return null;
    }

    private DateTimeOffset Again(WindowPlan plan)
    {
        var next = LimitWindow.Next(time.GetUtcNow());
        return plan.StartsAt < next ? plan.StartsAt : next;
    }

    [LoggerMessage(EventId = 603, Level = LogLevel.Information, Message = "Scrape {Job} goes on later. {Because}")]
    private partial void LogPaused(string job, string because);

    [LoggerMessage(EventId = 604, Level = LogLevel.Warning,
        Message = "Scrape {Job} could not be planned anew ({Reason}); it goes on as planned before.")]
    private partial void LogNotPlanned(string job, string reason);
}
