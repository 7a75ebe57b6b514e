using System.Diagnostics.Metrics;
using Npgsql;

namespace EodPredict.Orders;

/// <summary>
/// Gives out order ids from leased blocks, at the speed of memory. Further blocks are leased ahead of need, each durable before its first
/// id is given out, in sizes that follow the rate; so ids go on for <see cref="OrderIdAllocatorOptions.Endurance"/> while the database is
/// away. Ids are unique and not in order. Safe for concurrent use.
/// </summary>
public sealed class OrderIdAllocator : IAsyncDisposable
{
    public const string MeterName = "EodPredict.Orders";

    private const int MostOfAThread = 4096;

    [ThreadStatic]
    private static ThreadOrderIds? _ofThisThread;

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Leases = Meter.CreateCounter<long>("eod.orders.leases", description: "Leases made");
    private static readonly Counter<long> Stalls = Meter.CreateCounter<long>("eod.orders.stalls", description: "Callers that had to wait for a lease");
    private static readonly Counter<long> Lost = Meter.CreateCounter<long>("eod.orders.lost_ids", "{id}", "Leased ids dropped or left at the end");

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(2);

    private readonly OrderStore _store;
    private readonly OrderIdAllocatorOptions _options;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly LeaseSizing _sizing;
    private readonly HeldOrderIds _held = new();                   // the gate of all that follows
    private readonly SemaphoreSlim _used = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private OrderDatabase _from;
    private long _awaited;
    private int _generation;                                       // of what threads have; another one after ids were dropped
    private Exception? _fault;
    private Task _leasing = Task.CompletedTask;

    private OrderIdAllocator(OrderStore store, OrderIdAllocatorOptions options, TimeProvider time)
    {
        (_store, _options, _time, _began) = (store, options, time, time.GetTimestamp());
        _sizing = new LeaseSizing(options.Endurance, options.MostHeld);
    }

    /// <summary>Opens an allocator with its first lease in hand.</summary>
    /// <exception cref="OrderRefusedException">Ids are not safe to give out now, or the id space is used up.</exception>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public static async Task<OrderIdAllocator> OpenAsync(
        OrderStore store, OrderIdAllocatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var allocator = new OrderIdAllocator(store, options, time);
        await allocator.LeaseAsync(cancellationToken);
        allocator._leasing = Task.Run(allocator.KeepLeasingAsync, CancellationToken.None);
        return allocator;
    }

    /// <summary>The database that gave the last lease.</summary>
    public OrderDatabase From
    {
        get
        {
            lock (_held)
            {
                return _from;
            }
        }
    }

    /// <summary>Ids in hand.</summary>
    public long Held
    {
        get
        {
            lock (_held)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>An id. Waits only where all leased ids are used up. A thread that ends takes up to 4096 unused ids with it.</summary>
    /// <exception cref="OrderIdsUnavailableException">No lease could be had within the patience.</exception>
    public long Next() =>
        _ofThisThread is { } mine && mine.TryNext(this, Volatile.Read(ref _generation), out var id) ? id : NextOfMore();

    /// <summary>So many ids, as runs.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="OrderIdsUnavailableException">No lease could be had within the patience; ids of this call are abandoned.</exception>
    public IReadOnlyList<OrderIdRange> NextRange(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var runs = new List<OrderIdRange>();
        lock (_held)
        {
            while (count > 0)
            {
                var run = Await(count);
                runs.Add(run);
                count -= run.Count;
            }
        }

        return runs;
    }

    /// <summary>Ends the leases: ids not given out are abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        await _ending.CancelAsync();
        await _leasing;
        Lost.Add(Held);
        try
        {
            using var patience = new CancellationTokenSource(PatienceAtEnd, _time);
            await _store.EndLeasesAsync(_options.Worker, patience.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            // The database is away: the ledger keeps the leases as unused, and nothing is given out twice.
        }

        _ending.Dispose();
        _used.Dispose();
    }

    private long NextOfMore()
    {
        // A thread that goes from one allocator to another gives back what it had of the first.
        if (_ofThisThread is { } other && other.Owner != this)
        {
            other.Owner.TakeBack(other);
        }

        lock (_held)
        {
            var ids = Await(Math.Clamp(_held.Count / (4 * Environment.ProcessorCount), 1, MostOfAThread));
            _ofThisThread = new ThreadOrderIds(this, _generation, ids with { First = ids.First + 1 });
            return ids.First;
        }
    }

    private void TakeBack(ThreadOrderIds unused)
    {
        lock (_held)
        {
            if (unused.Rest.Count > 0 && unused.Generation == _generation)
            {
                _held.Return(unused.Rest);
            }
        }
    }

    // Takes a run, and waits for one where there is none. The gate is held.
    private OrderIdRange Await(long most)
    {
        if (_held.Take(most) is not { } run)
        {
            Stalls.Add(1);
            _awaited += most;
            try
            {
                run = AwaitLease(most);
            }
            finally
            {
                _awaited -= most;
            }
        }

        if (BlocksToLease() > 0)
        {
            Wake();
        }

        return run;
    }

    private OrderIdRange AwaitLease(long most)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            Wake();
            var left = _options.Patience - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || _ending.IsCancellationRequested || !Monitor.Wait(_held, left))
            {
                throw new OrderIdsUnavailableException(
                    $"All leased order ids of {_options.Worker} are used, and no further lease could be had in {_options.Patience.TotalSeconds:0} s"
                    + (_fault is null ? "." : $": {_fault.Message}"),
                    _fault);
            }

            if (_held.Take(most) is { } run)
            {
                return run;
            }
        }
    }

    private void Wake()
    {
        if (_used.CurrentCount == 0)
        {
            _used.Release();
        }
    }

    private async Task KeepLeasingAsync()
    {
        try
        {
            while (true)
            {
                await _used.WaitAsync(_ending.Token);
                while (!await TryLeaseAsync())
                {
                    await Task.Delay(PauseAfterFault, _time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    private async Task<bool> TryLeaseAsync()
    {
        try
        {
            await LeaseAsync(_ending.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OrderRefusedException or InvalidOperationException or TimeoutException)
        {
            lock (_held)
            {
                _fault = e;
            }

            return false;
        }
    }

    private async Task LeaseAsync(CancellationToken cancellationToken)
    {
        while (BlocksToLease() is > 0 and var blocks)
        {
            var lease = await _store.LeaseAsync(_options.Worker, blocks, cancellationToken);
            Leases.Add(1);
            if (lease.From != From)
            {
                await AskAgainAsync(cancellationToken);
            }

            lock (_held)
            {
                _from = lease.From;
                _fault = null;
                _sizing.Leased(blocks, _held.Taken, _time.GetElapsedTime(_began));
                _held.Add(lease.Ranges);
                Monitor.PulseAll(_held);
            }
        }
    }

    private int BlocksToLease()
    {
        lock (_held)
        {
            return _sizing.Decide(_held.Count, _awaited, _held.Taken, _time.GetElapsedTime(_began));
        }
    }

    // The database crashed, failed over, was restored or is another one: what it does not know as ours is dropped.
    private async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OrderIdRange> ranges;
        lock (_held)
        {
            ranges = _held.Ranges;
        }

        foreach (var range in ranges)
        {
            if (!await _store.KeepsAsync(_options.Worker, range, cancellationToken))
            {
                lock (_held)
                {
                    Lost.Add(_held.Drop(range));
                    Volatile.Write(ref _generation, _generation + 1);
                }
            }
        }
    }
}
