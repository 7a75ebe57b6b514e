using EodPredict.Database;
using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Service.Hosting;

/// <summary>
/// Holds one connection to the database and asks it twice a second. Where it is lost, says so once, starts a private server again or waits
/// for a configured one, and says when it is back.
/// </summary>
internal sealed partial class DatabaseSupervisor(
    DatabaseServer server, [FromKeyedServices(WallClock.Key)] TimeProvider wall, ILogger<DatabaseSupervisor> log) : BackgroundService
{
    private const int AnswerSeconds = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await WatchAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                var lost = wall.GetTimestamp();
                server.DataSource.Clear();
                var next = server.IsPrivate ? "It is being started again." : "Waiting for it.";
                Lost(server.Description, (e.InnerException ?? e).Message.TrimEnd('.'), next);
                await BringBackAsync(stoppingToken);
                Back(server.Description, wall.GetElapsedTime(lost).TotalSeconds);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await server.DataSource.OpenConnectionAsync(cancellationToken);
        await using var ask = new NpgsqlCommand("select 1", connection) { CommandTimeout = AnswerSeconds };
        while (true)
        {
            await ask.ExecuteScalarAsync(cancellationToken);
            await Task.Delay(Pause, wall, cancellationToken);
        }
    }

    private async Task BringBackAsync(CancellationToken cancellationToken)
    {
        string? said = null;
        while (true)
        {
            try
            {
                await server.StartAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or PrivatePostgreSqlException)
            {
                var reason = (e.InnerException ?? e).Message;
                if (reason != said)
                {
                    StillAway(server.Description, reason);
                    said = reason;
                }

                await Task.Delay(Pause, wall, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The database is gone: {Database}: {Reason}. {Next}")]
    private partial void Lost(string database, string reason, string next);

    [LoggerMessage(LogLevel.Warning, "The database is still away: {Database}: {Reason}")]
    private partial void StillAway(string database, string reason);

    [LoggerMessage(LogLevel.Information, "The database is back after {Seconds:F1} s: {Database}")]
    private partial void Back(string database, double seconds);
}
