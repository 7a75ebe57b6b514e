namespace EodPredict.Replay.Vendor;

/// <summary>Whether a request is served, and if not, when to come back.</summary>
/// <param name="Admitted">Whether it is served; then it is in flight until it leaves.</param>
/// <param name="RetryAfter">How long to wait, on the service's clock; zero where admitted.</param>
/// <param name="Limit">The limit of rate, for the headers.</param>
/// <param name="Remaining">How many more requests the rate would admit now; null without a limit of rate.</param>
internal readonly record struct LimitDecision(bool Admitted, TimeSpan RetryAfter, double Limit, int? Remaining);
