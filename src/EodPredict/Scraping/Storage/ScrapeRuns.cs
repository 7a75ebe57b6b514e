using EodPredict.Database;
using Npgsql;

namespace EodPredict.Scraping.Storage;

/// <summary>When scraping jobs ran, and what became of each run. Safe for concurrent use.</summary>
internal sealed class ScrapeRuns(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>A run begins; those of the same job that have no end, and whose process died, are told as cut short.</summary>
    /// <param name="job">The job.</param>
    /// <param name="worker">This process.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>Its number.</returns>
    public Task<long> BeginAsync(int job, int worker, CancellationToken cancellationToken) =>
        database.Sql(
            """
            with died as (
                update eod.scrape_run set outcome = 'cut short'
                where job_id = $1 and outcome is null and (worker is null or worker = $3 or not eod.worker_lives(worker))
            )
            insert into eod.scrape_run (job_id, began_at, worker) values ($1, $2, $3) returning run_id
            """, job, time.GetUtcNow(), worker).FirstAsync<long>(cancellationToken);

    /// <summary>It has ended.</summary>
    /// <param name="run">Its number.</param>
    /// <param name="outcome">done, stopped, gave up or failed.</param>
    /// <param name="reason">Why it gave up or failed; else null.</param>
    /// <param name="before">How far the job was when it began.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task EndAsync(long run, string outcome, string? reason, ScrapeStatus before, CancellationToken cancellationToken) =>
        database.Sql(
            """
            update eod.scrape_run r set ended_at = $2, outcome = $3, reason = $4, stored = j.stored - $5, failed = j.failed - $6,
                attempts = j.attempts - $7, refused = j.refused - $8
            from eod.scrape_job j where r.run_id = $1 and j.job_id = r.job_id
            """, run, time.GetUtcNow(), outcome, reason, before.Stored, before.Failed, before.Attempts, before.Refused)
            .RunAsync(cancellationToken);
}
