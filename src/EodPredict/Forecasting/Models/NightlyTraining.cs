using System.Globalization;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Forecasting.Models;

/// <summary>Has the job engine train every dataset each night, half a day after its first ticker's market closes.</summary>
internal sealed partial class NightlyTraining(
    DatasetCatalog datasets,
    MarketCalendars calendars,
    ModelTraining training,
    RecurringJobs jobs,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<NightlyTraining> log) : BackgroundService
{
    private static readonly TimeSpan AfterClose = TimeSpan.FromHours(12);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    /// <summary>The body of the job.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (datasets.TryGet(id, out var dataset))
        {
            await training.TrainAsync(dataset, cancellationToken);
        }
        else
        {
            await jobs.StopAsync(new JobKey(ModelTraining.Job, id), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var dataset in datasets.All.Where(d => d.Tickers.Count > 0))
                {
                    await jobs.RepeatAsync(Job(dataset), stoppingToken);
                }

                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException or IOException
                or UnknownCalendarYearException)
            {
                LogFailed(e.Message);
            }

            await Task.Delay(BetweenTries, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private RecurringJob Job(Dataset dataset) => new(
        new JobKey(ModelTraining.Job, dataset.Name), HalfADayAfterClose(calendars.Get(dataset.Tickers[0].Calendar)), "Etc/UTC",
        MissedRuns.RunOnce, $"Train the model of {dataset.Name}");

    // Every day at the time of the next close: an hour's difference in summer does no harm.
    private string HalfADayAfterClose(MarketCalendar calendar)
    {
        var now = time.GetUtcNow();
        var isKnown = calendar.LastDate > DateOnly.FromDateTime(now.UtcDateTime);
        var at = (isKnown ? calendar.NextClosingAfter(now) : calendar.LastClosedBy(now)).Close + AfterClose;
        return string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime.Minute} {at.UtcDateTime.Hour} * * *");
    }

    [LoggerMessage(EventId = 332, Level = LogLevel.Warning, Message = "The nightly training could not be planned ({Reason}); trying again.")]
    private partial void LogFailed(string reason);
}
