using EodPredict.Jobs;

namespace EodPredict.Service.Pages.Jobs;

/// <summary>What the page of jobs shows.</summary>
public sealed record JobsContent : PageContent
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The engine's name and version.</summary>
    public required string Engine { get; init; }

    public required IReadOnlyList<RecurringJobStatus> Recurring { get; init; }

    /// <summary>The planned jobs that come first.</summary>
    public required IReadOnlyList<PlannedJob> Planned { get; init; }

    /// <summary>The latest runs of recurring jobs.</summary>
    public required IReadOnlyList<(JobKey Key, RecurringJobRun Run)> Runs { get; init; }

    public override IEnumerable<NumberTable> Tables =>
    [
        new("runs", "The latest runs of recurring jobs", ["kind", "id", "began_utc", "ended_utc", "outcome", "by_hand", "reason"],
            [.. Runs.Select(run => new object?[]
            {
                run.Key.Kind, run.Key.Id, run.Run.BeganAt, run.Run.EndedAt, run.Run.Outcome, run.Run.IsByHand ? 1 : 0, run.Run.Reason,
            })]),
        new("planned", "The planned jobs that come first", ["at_utc", "kind", "id", "title"],
            [.. Planned.Select(job => new object?[] { job.At, job.Key.Kind, job.Key.Id, job.Title })]),
    ];
}
