using EodPredict.Database;
using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Arrivals in an order that can be read on from any place without missing one. Ids are given out before their transactions commit, so
/// only what lies up to a horizon is read, below which nothing is under way any more. Safe for concurrent use.
/// </summary>
public sealed class ArrivalLog(NpgsqlDataSource database, [FromKeyedServices(WallClock.Key)] TimeProvider wall)
{
    /// <summary>The PostgreSQL channel; its payload is a JSON object with dataset, ticker, session_date and version.</summary>
    public const string Channel = "eod_arrival";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The place up to which everything is committed or will never be; waits for the writers of this moment.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<long> HorizonAsync(CancellationToken cancellationToken)
    {
        // A writer holds this lock from before it takes an id until after its commit can be seen.
        const string Writers = """
            select virtualtransaction from pg_locks
            where relation = 'eod.observation'::regclass and mode = 'RowExclusiveLock' and granted
              and database = (select oid from pg_database where datname = current_database())
            """;
        var newest = await database.Sql("select coalesce(max(observation_id), 0) from eod.observation").FirstAsync<long>(cancellationToken);
        var awaited = await database.Sql(Writers).ListAsync(row => row.GetString(0), cancellationToken);
        while (awaited.Count > 0)
        {
            await Task.Delay(Pause, wall, cancellationToken);
            var writing = await database.Sql(Writers).ListAsync(row => row.GetString(0), cancellationToken);
            awaited.RemoveAll(writer => !writing.Contains(writer));
        }

        return newest;
    }

    /// <summary>What lies after one place, up to a horizon, in order.</summary>
    /// <param name="after">The id of the last event that is known; 0 for none.</param>
    /// <param name="horizon">From <see cref="HorizonAsync"/>.</param>
    /// <param name="most">How many at most, at least 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public Task<List<ArrivalEvent>> AfterAsync(long after, long horizon, int most, CancellationToken cancellationToken)
    {
        const string Events = """
            select o.observation_id, p.dataset, p.ticker, p.session_date, p.version, p.received_at, p.length, encode(p.sha256, 'hex')
            from eod.observation o
            join eod.payload p on p.dataset = o.dataset and p.ticker = o.ticker and p.session_date = o.session_date
              and p.observation_id = o.observation_id
            where o.observation_id > $1 and o.observation_id <= $2 and o.outcome = 'available'
            order by o.observation_id limit $3
            """;
        return database.Sql(Events, after, horizon, most).ListAsync(
            row => new ArrivalEvent(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetInt32(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetInt64(6), row.GetString(7)),
            cancellationToken);
    }
}
