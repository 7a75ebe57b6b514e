using EodPredict.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using JobKey = EodPredict.Jobs.JobKey;
using StoredJobKey = Quartz.JobKey;

namespace EodPredict.Quartz;

/// <summary>
/// One run of a recurring job. On a scaled clock, where Quartz cannot keep the calendar, each firing plans the next one before it runs.
/// </summary>
internal sealed partial class RecurringRun(
    BodyRun body, TimeProvider time, TimeProvider wall, TimeScale scale, DateTimeOffset processBegan, ILogger<RecurringRun> logger) : IJob
{
    // Recurring jobs live in groups of their own, so that the same key may be planned and repeated.
    public const string GroupPrefix = "recurring ";

    private const string Cron = "cron";
    private const string Zone = "zone";
    private const string Missed = "missed";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public static StoredJobKey StoreKey(JobKey key) => new(key.Id, GroupPrefix + key.Kind);

    public static TriggerKey TriggerKey(JobKey key) => new(key.Id, GroupPrefix + key.Kind);

    public static IJobDetail Job(RecurringJob job) => JobBuilder.Create<RecurringRun>()
        .WithIdentity(StoreKey(job.Key))
        .WithDescription(job.Title)
        .UsingJobData(Cron, job.Cron)
        .UsingJobData(Zone, job.TimeZone)
        .UsingJobData(Missed, job.Missed.ToString())
        .StoreDurably()
        .RequestRecovery()
        .Build();

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = Read(context.JobDetail);
        var recurrence = Recurrence.Of(job);
        if (!scale.IsReal)
            await PlanNextAsync(context, job.Key, recurrence, cancellationToken);

        // A run that is made good after a crash had begun: it was not missed, and its instant is past.
        if (!context.Recovering)
        {
            var due = PlannedRun.Due(context, scale);
            if (!recurrence.Runs(due, processBegan))
            {
                LogSkipped(job.Key, due);
                return;
            }

            await time.WaitUntilAsync(due, cancellationToken);
        }

        await body.RepeatAsync(job.Key, cancellationToken);
    }

    private static RecurringJob Read(IJobDetail detail) => new(
        new(detail.Key.Group[GroupPrefix.Length..], detail.Key.Name),
        detail.JobDataMap.GetString(Cron)!,
        detail.JobDataMap.GetString(Zone)!,
        Enum.Parse<MissedRuns>(detail.JobDataMap.GetString(Missed)!),
        detail.Description ?? "");

    private async Task PlanNextAsync(IJobExecutionContext context, JobKey key, Recurrence recurrence, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = context.Recovering ? now : PlannedRun.Due(context, scale);
        if (recurrence.NextTrigger(key, now > due ? now : due, scale, wall) is not { } next)
            return;

        next = next.GetTriggerBuilder().ForJob(context.JobDetail.Key).Build();
        while (true)
        {
            try
            {
                // Whoever stopped or replaced the job meanwhile is right.
                if (await context.Scheduler.Exists(context.JobDetail.Key, cancellationToken))
                    await context.Scheduler.ScheduleTrigger(next, TriggerConflict.Keep, cancellationToken);
                return;
            }
            catch (Exception e) when (e is SchedulerException or NpgsqlException)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // Without its next firing the job would never come again.
                LogRetry(e, key);
                await Task.Delay(RetryInterval, wall, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The run of {Key} due {Due:u} was missed: no process was up. It is skipped")]
    private partial void LogSkipped(JobKey key, DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The next run of {Key} could not be planned; trying again")]
    private partial void LogRetry(Exception exception, JobKey key);
}
