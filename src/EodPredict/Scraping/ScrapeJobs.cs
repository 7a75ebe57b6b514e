using EodPredict.Database;
using EodPredict.Scraping.Http;
using EodPredict.Scraping.Storage;
using Npgsql;

namespace EodPredict.Scraping;

/// <summary>The jobs: made, found, paused, resumed, retried and exported by their names. Safe for concurrent use.</summary>
public sealed class ScrapeJobs(NpgsqlDataSource database, TimeProvider time)
{
    private const int LongestName = 200;
    private const string Columns =
        $"name, state, items, stored, failed, attempts, refused, seconds, {IsRunning}, stopped_because, finish_by, starts_at, "
        + "starts_because";

    private const string IsRunning =
        "exists (select from eod.scrape_worker one where one.job_id = scrape_job.job_id and eod.worker_lives(one.worker))";

    // Failed items that are tried again together.
    private const int TriedTogether = 4000;

    /// <summary>
    /// Makes a job, or finds the one of that name, whose bounds and headers become those given now. A command opens it again; asked for by
    /// the API, it stays paused or cancelled where it is.
    /// </summary>
    /// <returns>It, with its id.</returns>
    /// <exception cref="ScrapeRefusedException">
    /// Something in it makes no sense, or the name belongs to a job for another address.
    /// </exception>
    public async Task<ScrapeJob> OpenAsync(ScrapeJob job, CancellationToken cancellationToken)
    {
        var headers = Check(job);
        const string Open = """
            insert into eod.scrape_job (name, url, endpoint, headers, max_pace, max_in_flight, is_served, created_at, finish_by, any_time)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (name) do update set
                headers = excluded.headers, max_pace = excluded.max_pace, max_in_flight = excluded.max_in_flight, stopped_because = null,
                finish_by = excluded.finish_by, any_time = excluded.any_time, starts_at = null, starts_because = null, windows = null,
                is_served = eod.scrape_job.is_served or excluded.is_served,
                state = case
                    when excluded.is_served and eod.scrape_job.state in ('paused', 'cancelled') then eod.scrape_job.state else 'open' end
            where eod.scrape_job.url = excluded.url
            returning job_id
            """;
        var id = await database.Sql(
            Open, job.Name, job.Url, ItemAddress.Endpoint(job.Url), headers.Select(header => header.Stored).ToArray(),
            job.MaxPace, job.MaxInFlight, job.IsServed, time.GetUtcNow(), job.FinishBy?.ToUniversalTime(), job.AnyTime)
            .FirstAsync<int?>(cancellationToken);
        return id is { } known ? job with { Id = known } : throw new ScrapeRefusedException(
            $"The job {job.Name} has another address. Give this one another name.");
    }

    /// <summary>Null where there is none.</summary>
    public async Task<ScrapeJob?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindAsync("name = $1", name, cancellationToken)).SingleOrDefault();

    /// <summary>Null where there is none.</summary>
    public async Task<ScrapeJob?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await FindAsync("job_id = $1", id, cancellationToken)).SingleOrDefault();

    /// <summary>The open jobs of the service that no living process runs, though they should be sent by now.</summary>
    public Task<List<ScrapeJob>> AbandonedAsync(CancellationToken cancellationToken) => FindAsync(
        $"""
        is_served and state = 'open' and stopped_because is null and not {IsRunning}
            and (starts_at is null or starts_at <= $1)
        """,
        time.GetUtcNow(),
        cancellationToken);

    /// <summary>How far it is; null where there is no such job.</summary>
    public async Task<ScrapeStatus?> StatusAsync(string name, CancellationToken cancellationToken) =>
        (await database.Sql($"select {Columns} from eod.scrape_job where name = $1", name)
            .ListAsync(ReadStatus, cancellationToken)).SingleOrDefault();

    /// <summary>Some of them with their ids, the newest first.</summary>
    /// <param name="before">Only those with a smaller id; null: from the newest on.</param>
    /// <param name="state">Only those in this state; null: in any.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<List<(long Id, ScrapeStatus Status)>> ListAsync(
        long? before, string? state, int most, CancellationToken cancellationToken) =>
        database.Sql(
            $"""
            select {Columns}, job_id from eod.scrape_job
            where ($1::bigint is null or job_id < $1) and ($2::text is null or state = $2) order by job_id desc limit $3
            """, before, state, most)
            .ListAsync(row => ((long)row.GetInt32(13), ReadStatus(row)), cancellationToken);

    /// <summary>Why items failed, the most frequent reasons first.</summary>
    public Task<List<(string Reason, long Items)>> FailuresAsync(string name, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select coalesce(item.reason, ''), count(*) from eod.scrape_item item join eod.scrape_job job using (job_id)
            where job.name = $1 and item.state = 'failed' group by 1 order by 2 desc, 1 limit 20
            """, name).ListAsync(row => (row.GetString(0), row.GetInt64(1)), cancellationToken);

    /// <summary>Adds ids; those that the job has already are left as they are.</summary>
    /// <returns>How many are new.</returns>
    public Task<long> AddAsync(ScrapeJob job, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        new NewItems(database, job.Id).AddAsync(ids, cancellationToken);

    /// <summary>Adds the numbers of a range; those that the job has already are left as they are.</summary>
    /// <returns>How many are new.</returns>
    public Task<long> AddAsync(ScrapeJob job, IdRange ids, CancellationToken cancellationToken) =>
        new NewItems(database, job.Id).AddAsync(ids, cancellationToken);

    /// <summary>Pauses, resumes or cancels. Processes that run the job see it within two seconds.</summary>
    /// <returns>False where the job is not in one of the states <paramref name="from"/>.</returns>
    public async Task<bool> ChangeAsync(string name, IReadOnlyCollection<string> from, string to, CancellationToken cancellationToken) =>
        await database.Sql(
            "update eod.scrape_job set state = $3, stopped_because = null where name = $1 and state = any($2)", name, from.ToArray(), to)
            .RunAsync(cancellationToken) == 1;

    /// <summary>Says why the job cannot be run; it is left alone until somebody resumes it.</summary>
    public Task GiveUpAsync(ScrapeJob job, string because, CancellationToken cancellationToken) =>
        database.Sql("update eod.scrape_job set stopped_because = $2 where job_id = $1", job.Id, because).RunAsync(cancellationToken);

    /// <summary>Lets failed items wait again, with all their retries.</summary>
    /// <returns>How many.</returns>
    public Task<long> RetryAsync(string name, CancellationToken cancellationToken) =>
        database.Sql(
            """
            with again as (
                update eod.scrape_item item set state = 'again', refusals = 0, faults = 0, reason = null
                from eod.scrape_job job where job.name = $1 and item.job_id = job.job_id and item.state = 'failed'
                returning item.job_id, item.item_id
            ), numbered as (
                select job_id, item_id, (row_number() over (order by item_id) - 1) / $2 as part from again
            ), block as (
                insert into eod.scrape_block (job_id, first_item, last_item, state)
                select job_id, min(item_id), max(item_id), 'again' from numbered group by job_id, part
            ), counted as (select count(*) as items from again)
            update eod.scrape_job set failed = failed - counted.items, state = case when counted.items > 0 then 'open' else state end
            from counted where name = $1 returning counted.items
            """, name, TriedTogether).FirstAsync<long>(cancellationToken);

    /// <summary>What was stored, in the order in which the ids were given.</summary>
    public IAsyncEnumerable<StoredItem> ExportAsync(string name, CancellationToken cancellationToken) =>
        StoredItems.ReadAsync(database, name, cancellationToken);

    private static List<RequestHeader> Check(ScrapeJob job)
    {
        if (job.Name.Length is 0 or > LongestName)
        {
            throw new ScrapeRefusedException($"A job needs a name of at most {LongestName} letters.");
        }

        if (ItemAddress.Fault(job.Url) is { } fault)
        {
            throw new ScrapeRefusedException($"The address of {job.Name} cannot be used: {fault}.");
        }

        if (job.MaxPace is { } pace && !(pace > 0 && double.IsFinite(pace)) || job.MaxInFlight < 1)
        {
            throw new ScrapeRefusedException($"The bounds of {job.Name} have to be above zero.");
        }

        List<RequestHeader> headers = [.. job.Headers.Select(text => RequestHeader.Parse(text) ?? throw new ScrapeRefusedException(
            $"A header of {job.Name} cannot be read: it is written 'Name: value' or 'Name: env:VARIABLE'."))];
        return job.IsServed && headers.Find(header => header.IsSecret) is { } secret
            ? throw new ScrapeRefusedException(
                $"The header {secret.Name} holds a secret in clear, which is not stored: write '{secret.Name}: env:VARIABLE'.")
            : headers;
    }

    private Task<List<ScrapeJob>> FindAsync(string where, object value, CancellationToken cancellationToken) =>
        database.Sql($"""
            select job_id, name, url, headers, max_pace, max_in_flight, is_served, finish_by, any_time from eod.scrape_job where {where}
            """, value).ListAsync(row => new ScrapeJob
            {
                Id = row.GetInt32(0),
                Name = row.GetString(1),
                Url = row.GetString(2),
                Headers = row.GetFieldValue<string[]>(3),
                MaxPace = row.Nullable<double?>(4),
                MaxInFlight = row.Nullable<int?>(5),
                IsServed = row.GetBoolean(6),
                FinishBy = row.Nullable<DateTimeOffset?>(7),
                AnyTime = row.GetBoolean(8),
            },
            cancellationToken);

    private ScrapeStatus ReadStatus(NpgsqlDataReader row)
    {
        var status = new ScrapeStatus(
            row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
            row.GetDouble(7), row.GetBoolean(8), row.Nullable<string>(9)) { FinishBy = row.Nullable<DateTimeOffset?>(10) };
        return status is { State: ScrapeStates.Open, StoppedBecause: null, Left: > 0 }
            ? status with
            {
                StartsAt = row.Nullable<DateTimeOffset?>(11) is { } at && at > time.GetUtcNow() ? at : null,
                StartsBecause = row.Nullable<string>(12),
            }
            : status;
    }
}
