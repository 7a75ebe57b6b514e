namespace EodPredict.Jobs;

/// <summary>One run of a job at an instant of the service's clock.</summary>
/// <param name="Key">Which job; a later plan under the same key replaces this one.</param>
/// <param name="At">The earliest instant at which it may start. An instant in the past means now.</param>
/// <param name="Title">What a person reads in the dashboard, such as <c>Check AAPL 2026-11-20</c>. No secrets.</param>
public sealed record PlannedJob(JobKey Key, DateTimeOffset At, string Title);
