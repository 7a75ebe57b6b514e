using System.Globalization;
using EodPredict.Jobs;
using Quartz;
using JobKey = EodPredict.Jobs.JobKey;

namespace EodPredict.Quartz;

/// <summary>The one run of a planned job. Its kind is Quartz's group, its id Quartz's name, its instant the trigger's data.</summary>
internal sealed class PlannedRun(BodyRun body, TimeProvider time, TimeScale scale) : IJob
{
    private const string At = "at";

    public static TriggerKey TriggerKey(JobKey key) => new(key.Id, key.Kind);

    public static IJobDetail Job(PlannedJob job) => JobBuilder.Create<PlannedRun>()
        .WithIdentity(job.Key.Id, job.Key.Kind)
        .WithDescription(job.Title)
        .RequestRecovery()
        .Build();

    /// <summary>One firing at an instant of the service's clock, however late it has become.</summary>
    public static ITrigger Trigger(PlannedJob job, TimeScale scale, TimeProvider wall) => Once(TriggerKey(job.Key), job.At, scale, wall);

    /// <summary>One firing under any key.</summary>
    public static ITrigger Once(TriggerKey key, DateTimeOffset at, TimeScale scale, TimeProvider wall) => TriggerBuilder.Create(wall)
        .WithIdentity(key)
        .StartAt(scale.ToWall(at))
        .UsingJobData(At, at.UtcTicks.ToString(CultureInfo.InvariantCulture))
        .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
        .Build();

    /// <summary>The instant of the service's clock for which this firing was meant.</summary>
    public static DateTimeOffset Due(IJobExecutionContext context, TimeScale scale) =>
        context.Trigger.JobDataMap.TryGetString(At, out var ticks) && ticks is not null
            ? Instant(ticks)
            : scale.ToService(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);

    /// <summary>The instant of the service's clock at which a trigger fires next; null: not again.</summary>
    public static DateTimeOffset? Next(ITrigger trigger, TimeScale scale) =>
        trigger.JobDataMap.TryGetString(At, out var ticks) && ticks is not null ? Instant(ticks)
        : trigger.NextFireTimeUtc is { } next ? scale.ToService(next) : null;

    private static DateTimeOffset Instant(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // A run that is made good after a crash was due long ago. The job may have a newer plan by now, whose instant is not this run's.
        if (!context.Recovering)
            await time.WaitUntilAsync(Due(context, scale), cancellationToken);

        var stored = context.JobDetail.Key;
        var key = new JobKey(stored.Group, stored.Name);
        JobMeter.Began(key, Due(context, scale), time.GetUtcNow(), scale);
        await body.RunAsync(key, cancellationToken);
    }
}
