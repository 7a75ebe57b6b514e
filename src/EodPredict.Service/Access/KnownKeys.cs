using System.Collections.Concurrent;
using EodPredict.Access;
using EodPredict.Jobs;
using EodPredict.Service.Configuration;
using Npgsql;

namespace EodPredict.Service.Access;

/// <summary>
/// The keys that hold, looked up in the database every second and kept in memory: no request waits for the database, and a revoked key ends
/// within seconds. While the database is away, those seen last hold; without it none can be revoked. Safe for concurrent use.
/// </summary>
internal sealed partial class KnownKeys(
    AccessKeys keys, AccessReach reach, [FromKeyedServices(WallClock.Key)] TimeProvider wall, ILogger<KnownKeys> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<long, bool> _used = new();
    private TaskCompletionSource _nextLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Dictionary<string, AccessKey> _byHash = [];
    private volatile bool _wereEver;

    /// <summary>
    /// Whether nobody needs a key: none was ever made, and only this machine reaches the service. Somebody alone on a machine may do all.
    /// </summary>
    public bool NobodyNeedsOne => !_wereEver && reach.Reason is null;

    /// <summary>The key with this hash; null where none holds.</summary>
    public AccessKey? Find(string hash)
    {
        if (!_byHash.TryGetValue(hash, out var key))
        {
            return null;
        }

        if (key.LastUsedAt is null || key.LastUsedAt < ThisHour())
        {
            _used[key.Id] = true;
        }

        return key;
    }

    /// <summary>Waits for a look at the database that begins after now, or gives up after a few seconds.</summary>
    public async Task NextLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref _nextLook).Task.WaitAsync(Patience, wall, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The database is slow or away: what is known is all there is.
        }
    }

    /// <exception cref="ConfigurationFaultException">Others than this machine reach the service, and there is no key.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        if (reach.Reason is { } reason && _byHash.Count == 0)
        {
            throw new ConfigurationFaultException(
                [$"{reason}{AccessReach.WithoutKeys}"]);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(BetweenLooks, wall, stoppingToken);
            var waiting = Interlocked.Exchange(
                ref _nextLook, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (NpgsqlException)
            {
                // The supervisor says that the database is away, and brings it back.
            }
            finally
            {
                waiting.SetResult();
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!_used.IsEmpty)
        {
            var used = _used.Keys.ToArray();
            await keys.NoteUseAsync(used, ThisHour(), cancellationToken);
            Array.ForEach(used, id => _used.TryRemove(id, out _));
        }

        var all = await keys.ListAsync(cancellationToken);
        if (all.Count > 0 && !_wereEver)
        {
            _wereEver = true;
            Demanded();
        }

        _byHash = all.Where(key => key.RevokedAt is null).ToDictionary(key => key.Hash);
    }

    private DateTimeOffset ThisHour()
    {
        var now = wall.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
    }

    [LoggerMessage(LogLevel.Information, "There are keys: every request needs one from now on.")]
    private partial void Demanded();
}
