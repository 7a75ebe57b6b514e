using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Orders;

/// <summary>
/// Sees to it that an epoch is open: at the start, and within a second of a crash, a failover or a restore. The SQL functions do so
/// themselves before they give out anything; this keeps a script's own transaction from having to. And keeps the ledger's sums up to date.
/// </summary>
public sealed partial class OrderGuard(
    OrderStore store, IOptions<OrderOptions> options, [FromKeyedServices(WallClock.Key)] TimeProvider wall, ILogger<OrderGuard> log)
    : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenFolds = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var chosen = options.Value.Authority;
        long? good = null;
        string? refused = null;
        var folded = wall.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var epoch = chosen is { } authority
                    ? await store.UseAsync(authority, stoppingToken) : await store.FenceAsync(stoppingToken);
                (chosen, refused) = (null, null);
                if (good is { } before && before != epoch)
                {
                    LogOpened(epoch);
                }

                if (good != epoch && await store.MarkFaultAsync(stoppingToken) is { } fault)
                {
                    LogUnmarked(fault);
                }

                good = epoch;
                if (wall.GetElapsedTime(folded) >= BetweenFolds)
                {
                    await store.FoldAsync(stoppingToken);
                    folded = wall.GetTimestamp();
                }
            }
            catch (OrderRefusedException e)
            {
                if (refused != e.Message)
                {
                    LogRefused(e.Message);
                }

                refused = e.Message;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
            {
                // The database is away; whoever watches it says so.
            }

            await Task.Delay(BetweenLooks, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 500, Level = LogLevel.Warning,
        Message = "The database has crashed, failed over or been restored: order ids go on in epoch {Epoch}, above all given out before.")]
    private partial void LogOpened(long epoch);

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "No order ids are given out: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning,
        Message = "If this database is dropped and made anew with its clock set back, it may give out order ids again: {Fault}. See 'Where the migration may not make roles' in docs/orders.md.")]
    private partial void LogUnmarked(string fault);
}
