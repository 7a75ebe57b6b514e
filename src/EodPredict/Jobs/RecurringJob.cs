namespace EodPredict.Jobs;

/// <summary>A job that repeats by the calendar.</summary>
/// <param name="Key">Which job; scheduling it again under the same key replaces the plan.</param>
/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">The IANA zone in which <paramref name="Cron"/> is read, such as <c>America/New_York</c>.</param>
/// <param name="Missed">What happens to runs that fell due while no process was up.</param>
/// <param name="Title">What a person reads in the dashboard.</param>
public sealed record RecurringJob(JobKey Key, string Cron, string TimeZone, MissedRuns Missed, string Title);
