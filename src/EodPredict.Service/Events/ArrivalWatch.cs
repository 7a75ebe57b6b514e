using EodPredict.Availability;
using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Service.Events;

/// <summary>
/// Listens for arrivals while somebody reads the stream, and tells up to where it can be read. One connection a process, however many
/// read. Safe for concurrent use.
/// </summary>
internal sealed class ArrivalWatch(
    NpgsqlDataSource database, ArrivalLog arrivals, [FromKeyedServices(WallClock.Key)] TimeProvider wall) : BackgroundService
{
    // A horizon serves all arrivals of a busy moment; and one that was not told of is found by looking.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = New();
    private TaskCompletionSource<long> _next = NewHorizon();
    private int _readers;
    private long _newest;

    /// <summary>Readers there are now.</summary>
    public int Readers => Volatile.Read(ref _readers);

    /// <summary>Counts one reader more, unless there are too many; each is given back by <see cref="Leave"/>.</summary>
    public bool TryEnter(int most)
    {
        lock (_lock)
        {
            if (_readers >= most)
            {
                return false;
            }

            _readers++;
            _wanted.TrySetResult();
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_readers == 0)
            {
                _wanted = New();
            }
        }
    }

    /// <summary>The horizon that was found last.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>The horizon that is found next, after now.</summary>
    public Task<long> NextAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Wanted().WaitAsync(stoppingToken);
                await WatchAsync(stoppingToken);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(AfterFault, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var listen = new NpgsqlCommand($"listen {ArrivalLog.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        while (Readers > 0)
        {
            Tell(await arrivals.HorizonAsync(cancellationToken));
            await Task.Delay(BetweenLooks, wall, cancellationToken);
            await connection.WaitAsync(LongestWait, cancellationToken);
        }
    }

    private Task Wanted()
    {
        lock (_lock)
        {
            return _wanted.Task;
        }
    }

    private void Tell(long horizon)
    {
        lock (_lock)
        {
            Volatile.Write(ref _newest, horizon);
            _next.SetResult(horizon);
            _next = NewHorizon();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<long> NewHorizon() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
