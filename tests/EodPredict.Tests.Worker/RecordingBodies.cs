using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Tests.Worker;

/// <summary>Job bodies that leave a row a run in the table <c>run</c>, which the tests make and read.</summary>
internal sealed class RecordingBodies(EngineHostOptions options, NpgsqlDataSource database, IJobEngine engine, TimeProvider time)
{
    /// <summary>How often <see cref="AgainAsync"/> runs in all.</summary>
    public const int Again = 3;

    private const string Done = "done";

    /// <summary>Notes that it ran.</summary>
    public async Task NoteAsync(string id, CancellationToken cancellationToken) => await BeginAsync("note", id, Done, cancellationToken);

    /// <summary>Keeps its worker for a fifth of a second.</summary>
    public async Task BriefAsync(string id, CancellationToken cancellationToken)
    {
        await BeginAsync("brief", id, Done, cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(200), WorkerTime.Wall, cancellationToken);
    }

    /// <summary>The first run of an id goes on until it is cancelled or killed; a later one ends at once.</summary>
    public async Task LongAsync(string id, CancellationToken cancellationToken)
    {
        var (run, before) = await BeginAsync("long", id, null, cancellationToken);
        try
        {
            if (before == 0)
                await Task.Delay(Timeout.InfiniteTimeSpan, WorkerTime.Wall, cancellationToken);
            await EndAsync(run, Done);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(run, "cancelled");
            throw;
        }
    }

    /// <summary>Throws.</summary>
    public async Task FailAsync(string id, CancellationToken cancellationToken)
    {
        await BeginAsync("fail", id, "failed", cancellationToken);
        throw new InvalidOperationException($"The body of {id} fails on purpose.");
    }

    /// <summary>Plans its own next run, under its own key, a minute later on the service's clock, until it has run three times.</summary>
    public async Task AgainAsync(string id, CancellationToken cancellationToken)
    {
        var (_, before) = await BeginAsync("again", id, Done, cancellationToken);
        if (before + 1 < Again)
            await engine.ScheduleAsync([new(new("again", id), time.GetUtcNow().AddMinutes(1), $"Again {id}")], cancellationToken);
    }

    private async Task<(long Run, long Before)> BeginAsync(string kind, string id, string? outcome, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var wall = WorkerTime.Wall.GetUtcNow();
        while (true)
        {
            try
            {
                await using var command = database.CreateCommand("""
                    insert into run (kind, id, process, began, wall, outcome) values ($1, $2, $3, $4, $5, $6)
                    returning run_id, (select count(*) from run where kind = $1 and id = $2)
                    """);
                foreach (var value in new object?[] { kind, id, options.Process, began.UtcTicks, wall.UtcTicks, outcome })
                    command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                return (reader.GetInt64(0), reader.GetInt64(1));
            }
            catch (NpgsqlException)
            {
                // The server is being restarted by a test; what ran is to be on record all the same.
                await Task.Delay(TimeSpan.FromMilliseconds(100), WorkerTime.Wall, cancellationToken);
            }
        }
    }

    private async Task EndAsync(long run, string outcome)
    {
        await using var command = database.CreateCommand("update run set outcome = $2 where run_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = run });
        command.Parameters.Add(new NpgsqlParameter { Value = outcome });
        await command.ExecuteNonQueryAsync();
    }
}
