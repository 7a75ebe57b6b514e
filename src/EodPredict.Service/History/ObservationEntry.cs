namespace EodPredict.Service.History;

/// <summary>One call to a provider and what it told; holds no key and no address.</summary>
/// <param name="Id">Its place among all of them; rises.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">Null: the call was for the whole dataset.</param>
/// <param name="SessionDate">The session date that was asked for.</param>
/// <param name="Method">GET, HEAD or PAGE.</param>
/// <param name="Outcome">available, partial, stale, not_yet, never, throttled, refused or broken.</param>
/// <param name="Reason">Why the reply was classified so.</param>
/// <param name="SentAt">When the call was sent.</param>
/// <param name="FinishedAt">When the reply was read, or given up.</param>
/// <param name="Status">The HTTP status; null: no reply came.</param>
/// <param name="ContentLength">As the reply said.</param>
/// <param name="DataDate">The newest session date found in the reply.</param>
internal sealed record ObservationEntry(
    long Id, string Dataset, string? Ticker, DateOnly? SessionDate, string Method, string Outcome, string Reason, DateTimeOffset SentAt,
    DateTimeOffset FinishedAt, int? Status, long? ContentLength, DateOnly? DataDate);
