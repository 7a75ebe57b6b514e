namespace EodPredict.Tests.Jobs;

/// <summary>One run of a job's body, as the body itself recorded it: its start on the service's clock and on the wall clock, and how it ended.</summary>
internal sealed record RecordedRun(string Kind, string Id, string Process, DateTimeOffset Began, DateTimeOffset Wall, string? Outcome);
