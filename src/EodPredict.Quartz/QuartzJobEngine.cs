using System.Diagnostics;
using EodPredict.Database;
using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;
using JobKey = EodPredict.Jobs.JobKey;

namespace EodPredict.Quartz;

/// <summary>Plans as rows of Quartz.NET's clustered store. Instants are converted to wall time here.</summary>
internal sealed class QuartzJobEngine(
    ClusteredScheduler cluster, NpgsqlDataSource database, TimeProvider time, [FromKeyedServices(WallClock.Key)] TimeProvider wall,
        TimeScale scale) : IJobEngine
{
    // One transaction a batch: it keeps every process from taking jobs meanwhile.
    private const int Batch = 200;

    internal static string EngineName { get; } =
        $"Quartz.NET {FileVersionInfo.GetVersionInfo(typeof(IScheduler).Assembly.Location).ProductVersion?.Split('+')[0]}";

    public string Name => EngineName;

    public string? DashboardPath => null;

    public async Task ScheduleAsync(IReadOnlyCollection<PlannedJob> jobs, CancellationToken cancellationToken)
    {
        var scheduler = await cluster.GetAsync(cancellationToken);
        foreach (var batch in jobs.GroupBy(job => job.Key).Select(plans => plans.Last()).Chunk(Batch))
        {
            var plans = batch.ToDictionary(PlannedRun.Job, IReadOnlyCollection<ITrigger> (job) => [PlannedRun.Trigger(job, scale, wall)]);
            await scheduler.ScheduleJobs(plans, ScheduleJobOptions.Replacing, cancellationToken);
        }
    }

    public async Task CancelAsync(JobKey key, CancellationToken cancellationToken)
    {
        var scheduler = await cluster.GetAsync(cancellationToken);
        await scheduler.UnscheduleJob(PlannedRun.TriggerKey(key), cancellationToken);
    }

    public async Task RepeatAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        var trigger = Recurrence.Of(job).NextTrigger(job.Key, time.GetUtcNow(), scale, wall)
            ?? throw new ArgumentException($"The cron expression '{job.Cron}' of {job.Key} never comes due.", nameof(job));
        var detail = RecurringRun.Job(job);
        var scheduler = await cluster.GetAsync(cancellationToken);

        // The same job told again, as at every start of the service, must not lose a run that is due or was missed.
        if (await scheduler.GetJobDetail(detail.Key, cancellationToken) is { } known
            && known.Description == detail.Description
            && known.JobDataMap.ToHashSet().SetEquals(detail.JobDataMap)
            && await scheduler.GetTrigger(trigger.Key, cancellationToken) is not null)
        {
            return;
        }

        await scheduler.ScheduleJob(detail, trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public async Task StopRepeatingAsync(JobKey key, CancellationToken cancellationToken)
    {
        var scheduler = await cluster.GetAsync(cancellationToken);
        await scheduler.DeleteJob(RecurringRun.StoreKey(key), cancellationToken);
    }

    public async Task<DateTimeOffset?> NextRunAsync(JobKey key, CancellationToken cancellationToken)
    {
        var scheduler = await cluster.GetAsync(cancellationToken);
        return await scheduler.GetTrigger(RecurringRun.TriggerKey(key), cancellationToken) is { } trigger
            ? PlannedRun.Next(trigger, scale) : null;
    }

    public async Task<IReadOnlyList<PlannedJob>> PlannedAsync(int most, CancellationToken cancellationToken)
    {
        // Quartz lists triggers only all at once and without their times.
        const string Next = """
            select t.trigger_group, t.trigger_name, t.next_fire_time, coalesce(j.description, '')
            from quartz.qrtz_triggers t join quartz.qrtz_job_details j using (sched_name, job_group, job_name)
            where t.trigger_state in ('WAITING', 'ACQUIRED') and not starts_with(t.trigger_group, $2)
            order by t.next_fire_time, t.trigger_group, t.trigger_name limit $1
            """;
        await cluster.GetAsync(cancellationToken);
        return await database.Sql(Next, most, RecurringRun.GroupPrefix).ListAsync(
            row => new PlannedJob(
                new(row.GetString(0), row.GetString(1)), scale.ToService(new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)),
                    row.GetString(3)),
            cancellationToken);
    }
}
