namespace EodPredict.Service.Pages.Throttle;

/// <summary>What the page of limits shows.</summary>
public sealed record ThrottleContent : PageContent
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The endpoints that were scraped, the latest first.</summary>
    public required IReadOnlyList<ThrottleEndpoint> Endpoints { get; init; }

    /// <summary>The one looked at closely; null where there is none.</summary>
    public ThrottleEndpoint? Shown { get; init; }

    /// <summary>What it bore by weekday and hour.</summary>
    public IReadOnlyList<ThrottleHour> Hours { get; init; } = [];

    /// <summary>Its latest minutes, rising: served and refused a second.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, double Accepted, double Refused)> Minutes { get; init; } = [];

    public NumberTable HourNumbers => new(
        "hours", "What the endpoint bore, by weekday (1: Monday) and hour (UTC), of the last eight weeks",
        ["weekday", "hour_utc", "minutes", "touched_minutes", "served_per_second", "refused_share"],
        [.. Hours.Select(hour => new object?[] { hour.Weekday, hour.Hour, hour.Minutes, hour.Touched, hour.PerSecond,
            hour.RefusedShare })]);

    public NumberTable MinuteNumbers => new(
        "minutes", "The latest minutes", ["minute_utc", "served_per_second", "refused_per_second"],
        [.. Minutes.Select(minute => new object?[] { minute.Minute, minute.Accepted, minute.Refused })]);

    public override IEnumerable<NumberTable> Tables => [HourNumbers, MinuteNumbers];
}
