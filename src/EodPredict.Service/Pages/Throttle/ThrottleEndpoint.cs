namespace EodPredict.Service.Pages.Throttle;

/// <summary>An endpoint and what is known of its limit.</summary>
/// <param name="Name">Its address without a query.</param>
/// <param name="LimitPerSecond">As the last run left it; null: it was never met.</param>
/// <param name="LearnedAt">When that was.</param>
/// <param name="Minutes">Minutes in which it was asked.</param>
/// <param name="Touched">Those in which the limit was met.</param>
/// <param name="Accepted">Requests served.</param>
/// <param name="Refused">Requests refused for lack of patience.</param>
/// <param name="LastMinute">The last minute in which it was asked; null: none is on record.</param>
public sealed record ThrottleEndpoint(
    string Name, double? LimitPerSecond, DateTimeOffset? LearnedAt, long Minutes, long Touched, long Accepted, long Refused,
    DateTimeOffset? LastMinute);
