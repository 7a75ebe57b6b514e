using EodPredict.Database;
using EodPredict.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Hangfire;

/// <summary>
/// The table <c>eod.planned_job</c>: which Hangfire job carries the plan of a key. A row lives from the planning until the run starts.
/// Every call joins the ambient transaction.
/// </summary>
internal sealed class PlannedJobTable(NpgsqlDataSource database)
{
    /// <summary>Locks the plans under these keys and returns the ids of their Hangfire jobs.</summary>
    public IReadOnlyList<string> Lock(IReadOnlyCollection<JobKey> keys)
    {
        using var connection = database.OpenConnection();
        using var command = new NpgsqlCommand("""
            select engine_job_id from eod.planned_job
            where (kind, id) in (select * from unnest($1, $2))
            order by kind, id
            for update
            """, connection);
        AddKeys(command, keys);
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    /// <summary>Sets these plans, one id each, whatever stood there before.</summary>
    public void Set(IReadOnlyCollection<PlannedJob> jobs, IReadOnlyCollection<string> ids)
    {
        using var connection = database.OpenConnection();
        using var command = new NpgsqlCommand("""
            insert into eod.planned_job (kind, id, engine_job_id, title, at) select * from unnest($1, $2, $3, $4, $5)
            on conflict (kind, id) do update set engine_job_id = excluded.engine_job_id, title = excluded.title, at = excluded.at
            """, connection);
        AddKeys(command, [.. jobs.Select(job => job.Key)]);
        AddTexts(command, ids);
        AddTexts(command, jobs.Select(job => job.Title));
        command.Parameters.Add(new()
        {
            Value = jobs.Select(job => job.At.ToUniversalTime()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.ExecuteNonQuery();
    }

    /// <summary>Removes the plan under this key, and returns the id of its Hangfire job; null where there is none.</summary>
    public string? Remove(JobKey key)
    {
        using var connection = database.OpenConnection();
        using var command = new NpgsqlCommand("delete from eod.planned_job where kind = $1 and id = $2 returning engine_job_id", connection)
        {
            Parameters = { new() { Value = key.Kind }, new() { Value = key.Id } },
        };
        return (string?)command.ExecuteScalar();
    }

    /// <summary>Removes the plan under this key if this Hangfire job carries it. Returns whether it did.</summary>
    public bool Remove(JobKey key, string engineJobId)
    {
        using var connection = database.OpenConnection();
        using var command = new NpgsqlCommand("delete from eod.planned_job where kind = $1 and id = $2 and engine_job_id = $3", connection)
        {
            Parameters = { new() { Value = key.Kind }, new() { Value = key.Id }, new() { Value = engineJobId } },
        };
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>The first plans in the order of their instants.</summary>
    public async Task<IReadOnlyList<PlannedJob>> NextAsync(int most, CancellationToken cancellationToken) =>
        await database.Sql("select kind, id, at, title from eod.planned_job where at is not null order by at, kind, id limit $1",
            most).ListAsync(
            row => new PlannedJob(new JobKey(row.GetString(0), row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3)),
            cancellationToken);

    private static void AddKeys(NpgsqlCommand command, IReadOnlyCollection<JobKey> keys)
    {
        AddTexts(command, keys.Select(key => key.Kind));
        AddTexts(command, keys.Select(key => key.Id));
    }

    private static void AddTexts(NpgsqlCommand command, IEnumerable<string> texts) =>
        command.Parameters.Add(new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
}
