namespace EodPredict.Scraping.Limit;

/// <summary>What an endpoint seems to enforce, as its last attempts have it.</summary>
/// <param name="Limit">The limit, with how sure each part of it is.</param>
/// <param name="PhaseSinceMidnight">When a fixed window begins, since midnight UTC, less than a window; null for other shapes.</param>
/// <param name="Attempts">From how many attempts it was inferred.</param>
/// <param name="Refusals">How many of them were refused.</param>
/// <param name="SeenAt">When.</param>
public sealed record EndpointModel(
    LimitEstimate Limit, TimeSpan? PhaseSinceMidnight, int Attempts, int Refusals, DateTimeOffset SeenAt)
{
    /// <summary>Infers it from attempts.</summary>
    /// <param name="attempts">The attempts.</param>
    /// <param name="origin">The origin of their instants, on the wall clock.</param>
    /// <param name="now">When that is.</param>
    public static EndpointModel Infer(IReadOnlyCollection<Attempt> attempts, DateTimeOffset origin, DateTimeOffset now)
    {
        var limit = LimitModel.Infer(attempts);
        return new EndpointModel(
            limit, limit.Shape == LimitShape.FixedWindow ? Phase(origin + limit.Phase, limit.Window) : null, attempts.Count,
            attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Refused), now);
    }

    private static TimeSpan Phase(DateTimeOffset begin, TimeSpan window) => new(begin.UtcDateTime.TimeOfDay.Ticks % window.Ticks);
}
