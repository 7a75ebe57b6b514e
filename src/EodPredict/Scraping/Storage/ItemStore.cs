using EodPredict.Database;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Scraping.Storage;

/// <summary>The items of one job, as one process takes and ends them; others may do so too. Safe for concurrent use.</summary>
internal sealed class ItemStore(NpgsqlDataSource database, int job, int worker)
{
    private const string GiveBack =
        "update eod.scrape_block set worker = null, is_begun = true where job_id = $1 and worker = $2";

    /// <summary>Joins those that work on the job.</summary>
    /// <returns>False where it is not open.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        // The job's time goes on from its last commit, or from now where no other process works on it.
        const string Enter = """
            with open as (
                update eod.scrape_job set
                    stopped_because = null,
                    ran_at = case when exists (
                        select from eod.scrape_worker one
                        where one.job_id = $1 and one.worker <> $2 and eod.scrape_worker_lives($1, one.worker)
                    ) then ran_at else clock_timestamp() end
                where job_id = $1 and state = 'open' returning job_id
            ), gone as (
                delete from eod.scrape_worker one using open where one.job_id = open.job_id and not eod.worker_lives(one.worker)
            )
            insert into eod.scrape_worker (job_id, worker, seen_at) select job_id, $2, clock_timestamp() from open
            on conflict (job_id, worker) do update set seen_at = excluded.seen_at
            """;
        if (await database.Sql(Enter, job, worker).RunAsync(cancellationToken) == 0)
        {
            return false;
        }

        await database.Sql(GiveBack, job, worker).RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Leaves them; what was taken and has not ended falls free.</summary>
    /// <param name="isDone">Whether nothing is left that this process knows of.</param>
    /// <param name="because">Why this run gave up; null where it did not.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public async Task LeaveAsync(bool isDone, string? because, CancellationToken cancellationToken)
    {
        const string Leave = """
            with gone as (delete from eod.scrape_worker where job_id = $1 and worker = $2)
            update eod.scrape_job set
                stopped_because = coalesce($4, stopped_because),
                state = case when state = 'open' and $3 and not exists (select from eod.scrape_block where job_id = $1)
                    then 'done' else state end
            where job_id = $1
            """;
        await database.Sql(GiveBack, job, worker).RunAsync(cancellationToken);
        await database.Sql(Leave, job, worker, isDone, because).RunAsync(cancellationToken);
    }

    /// <summary>Takes items that nobody works on, in the order in which they were given.</summary>
    /// <returns>At most about as many as asked for; none where there are none.</returns>
    public async Task<List<ClaimedItem>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        ClaimedBlock? block = null;
        return await database.Sql("select * from eod.claim_scrape_items($1, $2, $3)", job, worker, most).ListAsync(
            row =>
            {
                block ??= new(row.GetInt64(0));
                block.Left++;
                return new ClaimedItem(block, row.GetInt64(1), row.GetString(2), row.GetInt16(3), row.GetInt16(4));
            },
            cancellationToken);
    }

    /// <summary>How far the job is, with what other processes have committed.</summary>
    /// <returns>Whether there are items that have not ended, free or with any process; and the count of the same instant.</returns>
    public async Task<(bool IsAnyLeft, JobCount Count)> ReadAsync(CancellationToken cancellationToken)
    {
        const string Read =
            "select exists (select from eod.scrape_block where job_id = $1), state, stored, failed from eod.scrape_job where job_id = $1";
        return (await database.Sql(Read, job).ListAsync(
            row => (row.GetBoolean(0), new JobCount(row.GetString(1), row.GetInt64(2), row.GetInt64(3))), cancellationToken))[0];
    }

    /// <summary>
    /// Commits what became of items, with their data and the attempts that were made, in one statement. Items whose block was taken from
    /// this process meanwhile are left alone, so it may be called again with the same.
    /// </summary>
    /// <param name="ended">The items.</param>
    /// <param name="blocks">Blocks all of whose items have ended, with these.</param>
    /// <param name="count">The attempts.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>How far the job is now: it may have been paused or cancelled.</returns>
    public async Task<JobCount> EndAsync(
        IReadOnlyList<EndedItem> ended, IEnumerable<ClaimedBlock> blocks, AttemptCount count, CancellationToken cancellationToken)
    {
        const string End = """
            with held as materialized (
                select block_id from eod.scrape_block where job_id = $1 and worker = $2 for update
            ), kept as (
                insert into eod.scrape_result (item_id, status, content_type, encoding, body, fetched_at)
                select item_id, status, content_type, encoding, body, fetched_at
                from unnest($3::bigint[], $4::bigint[], $5::smallint[], $6::text[], $7::text[], $8::bytea[], $9::timestamptz[])
                    as t(block_id, item_id, status, content_type, encoding, body, fetched_at)
                where block_id in (select block_id from held)
                on conflict (item_id) do nothing returning 1
            ), changed as (
                update eod.scrape_item item set
                    state = case when t.state = 'failed' then 'failed' else item.state end, reason = t.reason,
                    attempts = least(item.attempts + t.attempts, 32767), refusals = t.refusals, faults = t.faults
                from unnest($10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::smallint[], $15::smallint[], $16::smallint[])
                    as t(block_id, item_id, state, reason, attempts, refusals, faults)
                where item.item_id = t.item_id and item.state <> 'failed' and t.block_id in (select block_id from held)
                returning item.state
            ), over as (
                delete from eod.scrape_block block using held where block.block_id = held.block_id and block.block_id = any($17)
            ), seen as (
                update eod.scrape_worker set seen_at = clock_timestamp() where job_id = $1 and worker = $2
            )
            update eod.scrape_job set
                stored = stored + (select count(*) from kept),
                failed = failed + (select count(*) from changed where changed.state = 'failed'),
                attempts = attempts + $18, refused = refused + $19,
                seconds = seconds + greatest(extract(epoch from clock_timestamp() - ran_at), 0),
                ran_at = clock_timestamp()
            where job_id = $1 returning state, stored, failed
            """;
        var stored = ended.Where(one => one.State == EndedItem.Stored).ToList();
        var others = ended.Where(one => one.State != EndedItem.Stored).ToList();
        await using var command = database.Sql(
            End, job, worker,
            stored.Select(one => one.Item.Block.Id).ToArray(), stored.Select(one => one.Item.Id).ToArray(),
            stored.Select(one => Short(one.Reply!.Status)).ToArray(), stored.Select(one => one.Reply!.ContentType).ToArray(),
            stored.Select(one => one.Reply!.Encoding).ToArray());
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = stored.Select(one => one.Reply!.Body).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        foreach (var value in new object[]
        {
            stored.Select(one => one.At).ToArray(), others.Select(one => one.Item.Block.Id).ToArray(),
            others.Select(one => one.Item.Id).ToArray(), others.Select(one => one.State).ToArray(),
            others.Select(one => one.Reason).ToArray(), others.Select(one => Short(one.Item.Attempts)).ToArray(),
            others.Select(one => Short(one.Item.Refusals)).ToArray(), others.Select(one => Short(one.Item.Faults)).ToArray(),
            blocks.Select(block => block.Id).ToArray(), count.Attempts, count.Refused,
        })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetString(0), row.GetInt64(1), row.GetInt64(2));
    }

    private static short Short(int number) => (short)Math.Min(number, short.MaxValue);
}
