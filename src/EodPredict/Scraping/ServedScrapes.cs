using System.Globalization;
using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Scraping;

/// <summary>
/// The jobs that the service runs: each by the job engine, in one of its processes. Looks for those that fell between two commits, or
/// whose process died, and has them run again. Safe for concurrent use.
/// </summary>
public sealed partial class ServedScrapes(
    ScrapeJobs scrapes,
    PlannedScrape runner,
    IJobEngine jobs,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<ServedScrapes> log) : BackgroundService
{
    /// <summary>The kind of job that runs a scrape; the id is the scrape's.</summary>
    public const string Kind = "scrape";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Has a job run as soon as a process is free.</summary>
    public Task StartAsync(ScrapeJob job, CancellationToken cancellationToken) => jobs.ScheduleAsync([Plan(job)], cancellationToken);

    /// <summary>The body of a job of kind <see cref="Kind"/>.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await scrapes.FindAsync(int.Parse(id, CultureInfo.InvariantCulture), cancellationToken) is not { } job)
        {
            return;
        }

        try
        {
            if (await runner.RunAsync(job, null, cancellationToken) is (null, var again))
            {
                await jobs.ScheduleAsync([Plan(job) with { At = again }], cancellationToken);
            }
        }
        catch (ScrapeRefusedException e)
        {
            LogRefused(job.Name, e.Message);
            await scrapes.GiveUpAsync(job, e.Message, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var abandoned = await scrapes.AbandonedAsync(stoppingToken);
                if (abandoned.Count > 0)
                {
                    await jobs.ScheduleAsync([.. abandoned.Select(Plan)], stoppingToken);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException or IOException)
            {
                LogFailed(e.Message);
            }

            await Task.Delay(BetweenLooks, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private PlannedJob Plan(ScrapeJob job) =>
        new(new JobKey(Kind, job.Id.ToString(CultureInfo.InvariantCulture)), time.GetUtcNow(), $"Scrape {job.Name}");

    [LoggerMessage(EventId = 610, Level = LogLevel.Error, Message = "Scrape {Job} cannot run: {Reason}")]
    private partial void LogRefused(string job, string reason);

    [LoggerMessage(EventId = 611, Level = LogLevel.Warning,
        Message = "Scrapes that nobody runs could not be looked for ({Reason}); trying again.")]
    private partial void LogFailed(string reason);
}
