using EodPredict.Jobs;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EodPredict.Hangfire;

/// <summary>Runs the jobs in this process, from the host's start to its stop.</summary>
internal sealed class JobServer(
    JobStore store, JobRun run, TimeProvider time, TimeScale scale, IOptions<JobEngineOptions> options, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    // A waiting job holds a worker, so this many more jobs can be handed over early than bodies run.
    private const int WorkersForWaiting = 80;

    private BackgroundProcessingServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(loggers));
        var workers = options.Value.Workers + WorkersForWaiting;
        var performer = new BackgroundJobPerformer(store.Filters, new JobRunActivator(run), TaskScheduler.Default);
        IBackgroundProcessDispatcherBuilder[] processes =
        [
            new Worker([JobQueue.Name], performer, store.StateChanger).UseBackgroundPool(workers),
            new DelayedJobScheduler(EngineTimings.SchedulePoll, store.StateChanger).UseBackgroundPool(1),
            new RecurringJobScheduler(store.JobFactory, EngineTimings.RecurringPoll, new DefaultTimeZoneResolver(), RecurringHorizon).UseBackgroundPool(1),
        ];
        _server = new BackgroundProcessingServer(
            store.Storage,
            processes,
            new Dictionary<string, object> { ["Queues"] = new[] { JobQueue.Name }, ["WorkerCount"] = workers },
            new BackgroundProcessingServerOptions
            {
                HeartbeatInterval = EngineTimings.Heartbeat,
                ServerCheckInterval = EngineTimings.ServerGone,
                ServerTimeout = EngineTimings.ServerGone,
                RetryDelay = _ => EngineTimings.Retry,
                RestartDelay = EngineTimings.Retry,
                StopTimeout = EngineTimings.StopGrace,
                ShutdownTimeout = EngineTimings.StopLimit,
            });
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            _server.SendStop();
            await _server.WaitForShutdownAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Dispose();
            _server = null;
            LogProvider.SetCurrentLogProvider(null);
        }
    }

    private DateTime RecurringHorizon() => (time.GetUtcNow() + EngineTimings.RecurringLead * scale.Speed).UtcDateTime;
}
