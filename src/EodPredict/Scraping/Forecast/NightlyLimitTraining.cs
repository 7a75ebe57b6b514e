using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Scraping.Forecast;

/// <summary>Has the job engine train the model of endpoints' limits each night.</summary>
internal sealed partial class NightlyLimitTraining(
    LimitTraining training, RecurringJobs jobs, [FromKeyedServices(WallClock.Key)] TimeProvider wall, ILogger<NightlyLimitTraining> log)
    : BackgroundService
{
    /// <summary>The kind of the job.</summary>
    public const string Job = "train-limits";

    // Once the day (UTC) by which windows are counted is over.
    private const string Cron = "20 0 * * *";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    /// <summary>The body of the job.</summary>
    public Task RunAsync(string id, CancellationToken cancellationToken) => training.TrainAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await jobs.RepeatAsync(
                    new RecurringJob(new JobKey(Job, LimitForecasts.Model), Cron, "Etc/UTC", MissedRuns.RunOnce,
                        "Train the model of endpoints' limits"),
                    stoppingToken);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException or IOException)
            {
                LogFailed(e.Message);
            }

            await Task.Delay(BetweenTries, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 621, Level = LogLevel.Warning,
        Message = "The nightly training of limits could not be planned ({Reason}); trying again.")]
    private partial void LogFailed(string reason);
}
