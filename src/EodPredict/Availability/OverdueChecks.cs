using EodPredict.Jobs;
using EodPredict.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Starts the watching, and looks for what fell between two commits: a process can die after a session's next check was recorded and
/// before the job engine was told of it. At start everything that is due is planned at once; later only what is due for too long.
/// </summary>
internal sealed partial class OverdueChecks(
    SessionStore sessions,
    WebhookCalls webhooks,
    DatasetCatalog datasets,
    IJobEngine jobs,
    TimeProvider time,
    TimeScale scale,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<OverdueChecks> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A long queue is no loss: what was planned again is left to the engine for a while.
    private static readonly TimeSpan BetweenPlans = TimeSpan.FromMinutes(5);

    private readonly Dictionary<JobKey, long> _planned = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var patience = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (patience == TimeSpan.Zero)
                {
                    await jobs.ScheduleAsync([.. datasets.All.Select(d => SessionOpening.Job(d.Name, time.GetUtcNow()))], stoppingToken);
                }

                await LookAsync(patience, stoppingToken);
                patience = Patience;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException or IOException)
            {
                LogFailed(e.Message);
            }

            await Task.Delay(BetweenLooks, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dueBefore = now - (patience * scale.Speed);
        var lost = (await sessions.OverdueAsync(dueBefore, cancellationToken)).ConvertAll(session => (session with { At = now }).Job());
        lost.AddRange(await webhooks.OverdueAsync(dueBefore, cancellationToken));
        lost.RemoveAll(job => _planned.TryGetValue(job.Key, out var at) && wall.GetElapsedTime(at) < BetweenPlans);
        if (lost.Count == 0)
        {
            return;
        }

        LogOverdue(lost.Count);
        await jobs.ScheduleAsync(lost, cancellationToken);
        foreach (var key in _planned.Where(planned => wall.GetElapsedTime(planned.Value) >= BetweenPlans).Select(planned => planned.Key).ToList())
        {
            _planned.Remove(key);
        }

        lost.ForEach(job => _planned[job.Key] = wall.GetTimestamp());
    }

    [LoggerMessage(EventId = 320, Level = LogLevel.Information, Message = "{Count} checks were overdue and are planned again.")]
    private partial void LogOverdue(int count);

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "Overdue checks could not be looked for ({Reason}); trying again.")]
    private partial void LogFailed(string reason);
}
