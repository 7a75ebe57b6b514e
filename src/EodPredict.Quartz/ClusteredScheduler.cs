using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Quartz.Extensibility;

namespace EodPredict.Quartz;

/// <summary>
/// This process's Quartz scheduler: a member of the installation's cluster, on tables of its own in the schema <c>quartz</c>. It keeps wall
/// time, whatever the service's clock shows. Safe for concurrent use.
/// </summary>
internal sealed partial class ClusteredScheduler(
    NpgsqlDataSource database,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    IOptions<JobEngineOptions> options,
    IJobFactory runs,
    ILoggerFactory loggers,
    ILogger<ClusteredScheduler> logger) : IHostedLifecycleService, IAsyncDisposable
{
    // Any constant will do; it only has to be the same in every process of an installation.
    private const long ProvisioningLock = 0x656F64_71747A;

    // A process that has not checked in for the sum of these is taken for dead, and what it ran is run again by another.
    private static readonly TimeSpan CheckInInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckInTolerance = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _building = new(1);
    private StandaloneSchedulerFactory? _factory;
    private volatile IScheduler? _scheduler;

    /// <summary>The scheduler, built at the first call. Plans can be made before it is started.</summary>
    public async Task<IScheduler> GetAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is { } built)
            return built;

        await _building.WaitAsync(cancellationToken);
        try
        {
            return _scheduler ??= await BuildAsync(cancellationToken);
        }
        finally
        {
            _building.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken) => await GetAsync(cancellationToken);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await (await GetAsync(cancellationToken)).Start(cancellationToken);
        LogStarted(QuartzJobEngine.EngineName, options.Value.Workers);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is null)
            return;

        try
        {
            await _scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
        catch (Exception e) when (e is SchedulerException or NpgsqlException)
        {
            // The process is on its way out; what it leaves behind is recovered as after a crash.
            LogUncleanStop(e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
            await _factory.DisposeAsync();
        _building.Dispose();
    }

    private async Task<IScheduler> BuildAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({ProvisioningLock})", cancellationToken);
        try
        {
            await ExecuteAsync(connection, "create schema if not exists quartz", cancellationToken);
            _factory ??= QuartzSchedulerBuilder.Create(Configure).Build();
            return await _factory.GetScheduler(cancellationToken);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({ProvisioningLock})", CancellationToken.None);
        }
    }

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.UseTimeProvider(wall);
        quartz.UseJobFactory(runs);
        quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = options.Value.Workers);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "eod";

            // The lowest that Quartz takes: by this much at most a process is late for what another has planned.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            scheduler.PropagateTraceContext = false;
        });
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => database);
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = CheckInInterval;
                cluster.CheckinMisfireThreshold = CheckInTolerance;
            });
            store.ConfigureStore(tables =>
            {
                tables.TablePrefix = "quartz.qrtz_";
                tables.StoreJobDataAsStrings = true;
                tables.RecoverFiringsCancelledByShutdown = true;
                tables.MisfireHandlerFrequency = TimeSpan.FromSeconds(5);
                tables.DbRetryInterval = TimeSpan.FromSeconds(1);
            });
        });
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Jobs run on {Engine}, {Workers} at a time")]
    private partial void LogStarted(string engine, int workers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job engine did not stop cleanly; what it ran is run again by the next process")]
    private partial void LogUncleanStop(Exception exception);
}
