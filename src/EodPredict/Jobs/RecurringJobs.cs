using EodPredict.Database;
using Npgsql;

namespace EodPredict.Jobs;

/// <summary>
/// The jobs that repeat, whichever engine runs them: made, paused with a reason, run by hand, with their last runs. A pause outlives
/// restarts and holds for every process. Safe for concurrent use.
/// </summary>
public sealed class RecurringJobs(NpgsqlDataSource database, IJobEngine engine, RecurringRuns runs, JobBodies bodies, TimeProvider time)
{
    /// <summary>The kind of job that runs a recurring one once, now; the id is that job's kind and id.</summary>
    internal const string ByHand = "by-hand";

    private const int LongestReason = 500;

    /// <summary>Adds or replaces a recurring job. One that is paused stays so.</summary>
    public async Task RepeatAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        await engine.RepeatAsync(job, cancellationToken);
        await database.Sql(
            """
            insert into eod.recurring_job (kind, id, title, cron, time_zone) values ($1, $2, $3, $4, $5)
            on conflict (kind, id) do update set title = excluded.title, cron = excluded.cron, time_zone = excluded.time_zone
            """, job.Key.Kind, job.Key.Id, job.Title, job.Cron, job.TimeZone).RunAsync(cancellationToken);
    }

    /// <summary>Removes a recurring job; what is known of its runs stays.</summary>
    public async Task StopAsync(JobKey key, CancellationToken cancellationToken)
    {
        await engine.StopRepeatingAsync(key, cancellationToken);
        await database.Sql("delete from eod.recurring_job where kind = $1 and id = $2", key.Kind, key.Id).RunAsync(cancellationToken);
    }

    /// <summary>All of them with their next and last runs, in the order of their titles.</summary>
    public async Task<IReadOnlyList<RecurringJobStatus>> ListAsync(CancellationToken cancellationToken)
    {
        const string Jobs = """
            select j.kind, j.id, j.title, j.cron, j.time_zone, j.paused_at, j.paused_because,
                r.began_at, r.ended_at, r.outcome, r.reason, r.is_by_hand
            from eod.recurring_job j
            left join lateral (
                select * from eod.recurring_run r where r.kind = j.kind and r.id = j.id
                order by r.began_at desc, r.run_id desc limit 1) r on true
            order by j.title, j.kind, j.id
            """;
        var jobs = await database.Sql(Jobs).ListAsync(
            row => new RecurringJobStatus
            {
                Key = new JobKey(row.GetString(0), row.GetString(1)),
                Title = row.GetString(2),
                Cron = row.GetString(3),
                TimeZone = row.GetString(4),
                PausedAt = row.Nullable<DateTimeOffset?>(5),
                PausedBecause = row.Nullable<string>(6),
                LastRun = row.IsDBNull(7) ? null : RecurringRuns.Read(row, 7),
            },
            cancellationToken);
        for (var i = 0; i < jobs.Count; i++)
        {
            jobs[i] = jobs[i] with { NextRunAt = await engine.NextRunAsync(jobs[i].Key, cancellationToken) };
        }

        return jobs;
    }

    /// <summary>Keeps the job from running by itself until it is resumed. A run that has begun goes on.</summary>
    /// <exception cref="ArgumentException">No reason is given, or a very long one.</exception>
    /// <exception cref="KeyNotFoundException">There is no such recurring job; so for the other calls.</exception>
    public Task PauseAsync(JobKey key, string because, CancellationToken cancellationToken)
    {
        because = because.Trim();
        return because.Length is 0 or > LongestReason
            ? throw new ArgumentException($"Give a reason for the pause, of at most {LongestReason} letters: others will read it.",
                nameof(because))
            : ChangeAsync(key, time.GetUtcNow(), because, cancellationToken);
    }

    /// <summary>Lets it run by its calendar again, from its next time on.</summary>
    public Task ResumeAsync(JobKey key, CancellationToken cancellationToken) => ChangeAsync(key, null, null, cancellationToken);

    /// <summary>Runs it once, as soon as a process is free, paused or not. Asked for twice before it starts, it runs once.</summary>
    public async Task RunNowAsync(JobKey key, CancellationToken cancellationToken)
    {
        var title = await database.Sql("select title from eod.recurring_job where kind = $1 and id = $2", key.Kind, key.Id)
            .FirstAsync<string>(cancellationToken) ?? throw Unknown(key);
        await engine.ScheduleAsync(
            [new PlannedJob(new JobKey(ByHand, key.ToString()), time.GetUtcNow(), $"{title}, by hand")], cancellationToken);
    }

    /// <summary>The body of a job of kind <see cref="ByHand"/>.</summary>
    internal Task RunByHandAsync(string id, CancellationToken cancellationToken)
    {
        var key = new JobKey(id[..id.IndexOf(':', StringComparison.Ordinal)], id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return runs.RunAsync(key, isByHand: true, () => bodies.RunAsync(key, cancellationToken), cancellationToken);
    }

    private async Task ChangeAsync(JobKey key, DateTimeOffset? pausedAt, string? because, CancellationToken cancellationToken)
    {
        var changed = await database.Sql(
            "update eod.recurring_job set paused_at = $3, paused_because = $4 where kind = $1 and id = $2", key.Kind, key.Id, pausedAt,
                because)
            .RunAsync(cancellationToken);
        if (changed == 0)
        {
            throw Unknown(key);
        }
    }

    private static KeyNotFoundException Unknown(JobKey key) => new($"No job {key} repeats. It may have been removed meanwhile.");
}
