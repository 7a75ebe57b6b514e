using EodPredict.Availability;
using EodPredict.Jobs;
using EodPredict.Service.Jobs;

namespace EodPredict.Service.Pages.Jobs;

/// <summary>What the page of jobs shows.</summary>
public sealed record JobsContent : PageContent
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The engine's name and version.</summary>
    public required string Engine { get; init; }

    public required IReadOnlyList<RecurringJobStatus> Recurring { get; init; }

    /// <summary>The datasets that are configured.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>What is not asked for.</summary>
    public required IReadOnlyList<WatchPause> Pauses { get; init; }

    /// <summary>The planned jobs that come first.</summary>
    public required IReadOnlyList<PlannedJob> Planned { get; init; }

    /// <summary>The kinds of runs.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Which runs are shown.</summary>
    public required RunFilter Filter { get; init; }

    /// <summary>Those runs, the latest first.</summary>
    public required IReadOnlyList<RunEntry> Runs { get; init; }

    /// <summary>Where the next page of runs begins; null: there is none.</summary>
    public DateTimeOffset? RunsBefore { get; init; }

    public override IEnumerable<NumberTable> Tables =>
    [
        new("runs", "What ran, the latest first",
            ["kind", "title", "dataset", "ticker", "session_date", "began_utc", "ended_utc", "outcome", "by_hand", "reason"],
            [.. Runs.Select(run => new object?[]
            {
                run.Kind, run.Title, run.Dataset, run.Ticker, run.SessionDate, run.BeganAt, run.EndedAt, run.Outcome, run.IsByHand ? 1 : 0,
                run.Reason,
            })]),
        new("planned", "The planned jobs that come first", ["at_utc", "kind", "id", "title"],
            [.. Planned.Select(job => new object?[] { job.At, job.Key.Kind, job.Key.Id, job.Title })]),
    ];
}
