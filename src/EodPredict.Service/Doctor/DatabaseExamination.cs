using EodPredict.Service.Access;
using EodPredict.Service.Hosting;
using Npgsql;

namespace EodPredict.Service.Doctor;

/// <summary>Whether the database can be reached or, a private one, made and started; whom the keys in it let in, and what its order ids rest on.</summary>
internal static class DatabaseExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        DatabaseServer server, AccessReach reach, TimeProvider wall, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await server.StartAsync(either.Token);
            return await AskAsync(server, reach, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Bad("database", $"{server.Description} does not answer.")];
        }
        catch (Exception e) when (ExpectedFaults.Describe(e) is { } faults)
        {
            return [.. faults.Select(fault => Finding.Bad("database", fault))];
        }
        finally
        {
            await server.StopIfUnusedAsync(CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Finding>> AskAsync(
        DatabaseServer server, AccessReach reach, CancellationToken cancellationToken)
    {
        await using var connection = await server.DataSource.OpenConnectionAsync(cancellationToken);
        await using var migrated = new NpgsqlCommand("select to_regclass('eod.migration') is not null", connection);
        var state = await migrated.ExecuteScalarAsync(cancellationToken) is true ? "in use" : "empty; the first start makes its tables";
        return
        [
            Finding.Good("database", $"{server.Description}, PostgreSQL {connection.PostgreSqlVersion}, {state}"),
            await AccessExamination.RunAsync(connection, reach, cancellationToken),
            await OrderExamination.RunAsync(connection, cancellationToken),
        ];
    }
}
