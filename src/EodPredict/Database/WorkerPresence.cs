using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Database;

/// <summary>
/// This process's place in the installation: a row in <c>eod.worker</c> and a lock that the database lets go of the moment the process
/// dies, so that what it had leased falls free at once. Safe for concurrent use.
/// </summary>
public sealed partial class WorkerPresence(
    NpgsqlDataSource database,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<WorkerPresence> log) : BackgroundService
{
    // 'eod' in ASCII; eod.worker_lives() looks for the same.
    private const int LockClass = 0x656F64;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<int> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>This process's id in <c>eod.worker</c>, once it is registered.</summary>
    public Task<int> IdAsync(CancellationToken cancellationToken) => _registered.Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HoldLockAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
            {
                LogLockLost(e.Message);
            }

            await Task.Delay(BetweenLooks, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HoldLockAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var id = _registered.Task.IsCompletedSuccessfully ? await _registered.Task : await RegisterAsync(connection, cancellationToken);
        await connection.Sql("select pg_advisory_lock($1, $2)", LockClass, id).RunAsync(cancellationToken);
        _registered.TrySetResult(id);
        try
        {
            while (true)
            {
                await Task.Delay(BetweenLooks, wall, cancellationToken);
                await connection.Sql("select 1").RunAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection goes back to a pool: what it locks must not live on in it.
            await connection.Sql("select pg_advisory_unlock($1, $2)", LockClass, id).RunAsync(CancellationToken.None);
            throw;
        }
    }

    private Task<int> RegisterAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.Sql(
            "insert into eod.worker (host, process_id, started_at) values ($1, $2, $3) returning worker_id",
            Environment.MachineName, Environment.ProcessId, time.GetUtcNow()).FirstAsync<int>(cancellationToken);

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "The database let go of this process's lock ({Reason}); trying again.")]
    private partial void LogLockLost(string reason);
}
