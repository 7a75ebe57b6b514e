using EodPredict.Jobs;
using Quartz;
using JobKey = EodPredict.Jobs.JobKey;

namespace EodPredict.Quartz;

/// <summary>When a recurring job comes due: a cron expression read in a zone, and what becomes of missed runs.</summary>
/// <remarks>
/// A time that the clocks skip in spring comes due when they have moved; one that they pass twice in autumn comes due at the first.
/// </remarks>
internal sealed record Recurrence(CronExpression Cron, TimeZoneInfo Zone, MissedRuns Missed)
{
    /// <exception cref="ArgumentException">The cron expression or the zone is not one.</exception>
    public static Recurrence Of(RecurringJob job)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(job.TimeZone, out var zone))
        {
            throw new ArgumentException(
                $"'{job.TimeZone}', the zone of {job.Key}, is unknown here. Give an IANA name such as America/New_York.", nameof(job));
        }

        if (!CronExpression.TryParse(job.Cron, CronFormat.Unix, out var cron))
        {
            throw new ArgumentException(
                $"'{job.Cron}', the cron of {job.Key}, is none. Give five fields: minute, hour, day of month, month, day of week.",
                nameof(job));
        }

        return new(cron.WithTimeZone(zone), zone, job.Missed);
    }

    /// <summary>Whether a firing is to run its body: one that fell due before this process was up has been missed.</summary>
    public bool Runs(DateTimeOffset due, DateTimeOffset processBegan) => Missed == MissedRuns.RunOnce || due >= processBegan;

    /// <summary>
    /// What makes the job come due after <paramref name="now"/>, an instant of the service's clock: its whole calendar where that clock is
    /// the wall clock, else one firing. Null when it never comes due.
    /// </summary>
    public ITrigger? NextTrigger(JobKey key, DateTimeOffset now, TimeScale scale, TimeProvider wall)
    {
        if (Cron.GetNextValidTimeAfter(now) is not { } next)
            return null;
        if (!scale.IsReal)
            return PlannedRun.Once(RecurringRun.TriggerKey(key), next, scale, wall);

        return TriggerBuilder.Create(wall)
            .WithIdentity(RecurringRun.TriggerKey(key))
            .WithCronSchedule(Cron, calendar => calendar
                .InTimeZone(Zone)
                .WithMisfireInstruction(Missed == MissedRuns.RunOnce
                    ? CronTriggerMisfireInstruction.FireAndProceed
                    : CronTriggerMisfireInstruction.DoNothing))
            .Build();
    }
}
