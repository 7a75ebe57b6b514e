using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.States;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>
/// Hangfire's storage for one host: its own instances of all that Hangfire offers as statics, so that hosts in one process stay apart.
/// Safe for concurrent use.
/// </summary>
internal sealed class JobStore : IDisposable
{
    private const string Schema = "hangfire";

    // Any constant will do; it only has to be the same in every process of an installation.
    private const long SchemaLock = 0x656F64_68616E67;

    // Hangfire counts from a second ago, and so would run a new job for an instant before it was asked for.
    private static readonly TimeSpan Inclusive = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly SemaphoreSlim _preparing = new(1);
    private readonly JobQueue _queue;
    private readonly LimitedStateChanger _stateChanger;
    private volatile bool _prepared;

    public JobStore(NpgsqlDataSource database, JobSlots slots, RecurringRunFilter recurringRuns, ILogger<JobStore> logger)
    {
        _database = database;
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            QueuePollInterval = EngineTimings.QueuePoll,
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = EngineTimings.Lost,
            // A lock is a row, and that of a killed process stays: until it has expired, nobody gets at the job it was for.
            DistributedLockTimeout = EngineTimings.Lost,
        };
        Storage = new PostgreSqlStorage(new DataSourceConnections(database), options);
        _queue = new JobQueue(new PostgreSqlJobQueueProvider(Storage, options), slots, logger);
        Storage.QueueProviders.Add(_queue, [JobQueue.Name]);

        // Without the global filters nothing retries a failed body.
        Filters = new JobFilterProviderCollection(new JobFilterAttributeFilterProvider(), recurringRuns);
        JobFactory = new BackgroundJobFactory(Filters);
        _stateChanger = new LimitedStateChanger(new BackgroundJobStateChanger(Filters));
        Client = new BackgroundJobClient(Storage, JobFactory, _stateChanger);
    }

    public PostgreSqlStorage Storage { get; }

    public IJobFilterProvider Filters { get; }

    public IBackgroundJobFactory JobFactory { get; }

    public IBackgroundJobStateChanger StateChanger => _stateChanger;

    public BackgroundJobClient Client { get; }

    /// <summary>The recurring jobs, whose times are read on <paramref name="time"/>.</summary>
    public RecurringJobManager RecurringJobs(TimeProvider time) =>
        new(Storage, Filters, new DefaultTimeZoneResolver(), () => (time.GetUtcNow() + Inclusive).UtcDateTime);

    /// <summary>Makes Hangfire's tables where they are missing or old. Processes that start together wait for one another.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_prepared)
            {
                await InstallAsync(cancellationToken);
                _prepared = true;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    public void Dispose()
    {
        _stateChanger.Dispose();
        _queue.Dispose();
        _preparing.Dispose();
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({SchemaLock})", cancellationToken);
        try
        {
            PostgreSqlObjectsInstaller.Install(connection, Schema);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({SchemaLock})", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
