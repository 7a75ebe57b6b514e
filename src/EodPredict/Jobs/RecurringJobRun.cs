namespace EodPredict.Jobs;

/// <summary>One run of a recurring job.</summary>
/// <param name="BeganAt">On the service's clock.</param>
/// <param name="EndedAt">Null: it runs, or its process died.</param>
/// <param name="Outcome">done, failed, cut short or paused; null while it runs.</param>
/// <param name="Reason">Of a failure or a pause.</param>
/// <param name="IsByHand">Whether somebody asked for it.</param>
public sealed record RecurringJobRun(DateTimeOffset BeganAt, DateTimeOffset? EndedAt, string? Outcome, string? Reason, bool IsByHand);
