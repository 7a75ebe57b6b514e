namespace EodPredict.Service.Pages.Throttle;

/// <summary>The windows that were chosen for a job which may wait.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="FinishBy">When it has to be done; null: no such instant.</param>
/// <param name="Because">When it is sent and why, in a sentence.</param>
/// <param name="Windows">The begins of the windows that are not over yet, rising, each with the requests per second expected of it.</param>
public sealed record PlannedJobWindows(
    string Job, DateTimeOffset? FinishBy, string Because, IReadOnlyList<(DateTimeOffset Begin, double? PerSecond)> Windows);
