using EodPredict.Jobs;
using EodPredict.Service.Hosting;
using Npgsql;

namespace EodPredict.Service.Health;

/// <summary>Asks everything that the service needs to do its work.</summary>
internal sealed class ReadinessCheck(
    DatabaseServer server, IJobEngine jobs, TimeScale scale, TimeProvider time, [FromKeyedServices(WallClock.Key)] TimeProvider wall)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<Readiness> AskAsync(CancellationToken cancellationToken)
    {
        var database = await AskDatabaseAsync(cancellationToken);
        return new Readiness(
            database.Answers ? Readiness.Ready : Readiness.NotReady,
            jobs.Name,
            Engines.TreeLearner,
            database,
            new ClockReadiness(scale.Speed, time.GetUtcNow()));
    }

    private async Task<DatabaseReadiness> AskDatabaseAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using var connection = await server.DataSource.OpenConnectionAsync(either.Token);
            await using var migrations = new NpgsqlCommand("select count(*) from eod.migration", connection);
            var count = (long)(await migrations.ExecuteScalarAsync(either.Token))!;
            return new DatabaseReadiness(server.Description, true, connection.PostgreSqlVersion.ToString(), count, null);
        }
        catch (Exception e) when (e is NpgsqlException || patience.IsCancellationRequested)
        {
            var reason = patience.IsCancellationRequested ? "no answer in time" : (e.InnerException ?? e).Message;
            return new DatabaseReadiness(server.Description, false, null, null, reason);
        }
    }
}
