using EodPredict.Database;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Scraping.Storage;

/// <summary>The items of one job, as one process takes and ends them. Safe for concurrent use.</summary>
internal sealed class ItemStore(NpgsqlDataSource database, int job, int worker)
{
    /// <summary>Makes this process the one that runs the job, and takes back what dead processes had taken.</summary>
    /// <returns>False where a living process runs it, or it is not open.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        const string Enter = """
            update eod.scrape_job set worker = $2, stopped_because = null
            where job_id = $1 and state = 'open' and (worker is null or worker = $2 or not eod.worker_lives(worker))
            """;
        const string TakeBack = "update eod.scrape_item set state = 'waiting', worker = null where job_id = $1 and state = 'taken'";
        if (await database.Sql(Enter, job, worker).RunAsync(cancellationToken) == 0)
        {
            return false;
        }

        await database.Sql(TakeBack, job).RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Lets another process run the job.</summary>
    /// <param name="state">The job's state from now on; null leaves it.</param>
    /// <param name="because">Why this run gave up; null where it did not.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task LeaveAsync(string? state, string? because, CancellationToken cancellationToken) =>
        database.Sql(
            """
            update eod.scrape_job set
                worker = null, stopped_because = $4, state = case when state = 'open' then coalesce($3, state) else state end
            where job_id = $1 and worker = $2
            """, job, worker, state, because).RunAsync(cancellationToken);

    /// <summary>Takes items that wait, in the order in which they were given.</summary>
    public Task<List<ClaimedItem>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        const string Claim = """
            with free as (
                select item_id from eod.scrape_item where job_id = $1 and state = 'waiting' order by item_id limit $3 for update skip locked
            ), taken as (
                update eod.scrape_item item set state = 'taken', worker = $2 from free where item.item_id = free.item_id
                returning item.item_id, item.item, item.refusals, item.faults
            )
            select item_id, item, refusals, faults from taken order by item_id
            """;
        return database.Sql(Claim, job, worker, most).ListAsync(
            row => new ClaimedItem(row.GetInt64(0), row.GetString(1), row.GetInt16(2), row.GetInt16(3)), cancellationToken);
    }

    /// <summary>
    /// Commits what became of items, with their data and the attempts that were made, in one statement. Items that were taken from this
    /// process meanwhile are left alone, so it may be called again with the same.
    /// </summary>
    /// <returns>The job's state: it may have been paused or cancelled; null where another process runs it now.</returns>
    public async Task<string?> EndAsync(IReadOnlyList<EndedItem> ended, AttemptCount count, CancellationToken cancellationToken)
    {
        // Item by item through the lateral, for how many are taken is what the planner guesses worst.
        const string End = """
            with ended as (
                select * from unnest($3::bigint[], $4::text[], $5::smallint[], $6::smallint[], $7::smallint[], $8::text[],
                    $9::smallint[], $10::text[], $11::text[], $12::bytea[], $13::timestamptz[])
                as t(item_id, state, attempts, refusals, faults, reason, status, content_type, encoding, body, fetched_at)
            ), mine as materialized (
                select ended.* from ended
                cross join lateral (
                    select from eod.scrape_item item
                    where item.item_id = ended.item_id and item.state = 'taken' and item.worker = $2 for update
                ) as held
            ), changed as (
                update eod.scrape_item item set
                    state = mine.state::eod.scrape_state, worker = null, reason = mine.reason,
                    attempts = least(item.attempts + mine.attempts, 32767), refusals = mine.refusals, faults = mine.faults
                from mine where item.item_id = mine.item_id
            ), kept as (
                insert into eod.scrape_result (item_id, status, content_type, encoding, body, fetched_at)
                select item_id, status, content_type, encoding, body, fetched_at from mine where state = 'stored'
                on conflict (item_id) do nothing
            )
            update eod.scrape_job set
                stored = stored + (select count(*) from mine where mine.state = 'stored'),
                failed = failed + (select count(*) from mine where mine.state = 'failed'),
                attempts = attempts + $14, refused = refused + $15, seconds = seconds + $16
            where job_id = $1 returning case when worker = $2 then state end
            """;
        await using var command = database.Sql(
            End, job, worker,
            ended.Select(e => e.Item.Id).ToArray(), ended.Select(e => e.State).ToArray(),
            ended.Select(e => Short(e.Item.Attempts)).ToArray(), ended.Select(e => Short(e.Item.Refusals)).ToArray(),
            ended.Select(e => Short(e.Item.Faults)).ToArray(), ended.Select(e => e.Reason).ToArray(),
            ended.Select(e => Short(e.Reply?.Status ?? 0)).ToArray(), ended.Select(e => e.Reply?.ContentType).ToArray(),
            ended.Select(e => e.Reply?.Encoding).ToArray());
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = ended.Select(e => e.Reply?.Body).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        foreach (var value in new object[] { ended.Select(e => e.At).ToArray(), count.Attempts, count.Refused, count.Took.TotalSeconds })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static short Short(int number) => (short)Math.Min(number, short.MaxValue);
}
