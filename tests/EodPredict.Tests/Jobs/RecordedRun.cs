namespace EodPredict.Tests.Jobs;

/// <summary>A run as the body recorded it: its start on the service's clock and on the wall clock, and its end.</summary>
internal sealed record RecordedRun(string Kind, string Id, string Process, DateTimeOffset Began, DateTimeOffset Wall, string? Outcome);
