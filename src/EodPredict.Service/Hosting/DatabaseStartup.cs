using EodPredict.Database;
using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Service.Hosting;

/// <summary>Brings the database up before anything else of the service starts, and lets it go after everything else has stopped.</summary>
internal sealed partial class DatabaseStartup(
    DatabaseServer server,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<DatabaseStartup> log) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await WaitForServerAsync(cancellationToken);
        var applied = await DatabaseMigrations.ApplyAsync(server.DataSource, time, cancellationToken);
        Ready(server.Description, applied);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // However long the rest took to stop: a server that is left running because time was up is left running for good.
    public Task StoppedAsync(CancellationToken cancellationToken) => server.StopIfUnusedAsync(CancellationToken.None);

    // A server that is still starting, or that another process of the installation is just stopping, answers in a moment.
    private async Task WaitForServerAsync(CancellationToken cancellationToken)
    {
        var began = wall.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await server.StartAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false } && wall.GetElapsedTime(began) < Patience)
            {
                if (tries == 1)
                {
                    Waiting(server.Description, (e.InnerException ?? e).Message, Patience.TotalSeconds);
                }

                await Task.Delay(Pause, wall, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database ({Database}) does not answer yet: {Reason}. Waiting up to {Seconds} s for it.")]
    private partial void Waiting(string database, string reason, double seconds);

    [LoggerMessage(LogLevel.Information, "The database is ready: {Database}; {Applied} migrations were applied.")]
    private partial void Ready(string database, int applied);
}
