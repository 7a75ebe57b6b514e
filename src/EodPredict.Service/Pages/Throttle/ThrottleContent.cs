using System.Text.Json;
using EodPredict.Scraping.Limit;

namespace EodPredict.Service.Pages.Throttle;

/// <summary>What the page of limits shows.</summary>
public sealed record ThrottleContent : PageContent
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The endpoints that were scraped, the latest first.</summary>
    public required IReadOnlyList<ThrottleEndpoint> Endpoints { get; init; }

    /// <summary>The one looked at closely; null where there is none.</summary>
    public ThrottleEndpoint? Shown { get; init; }

    /// <summary>What it seems to enforce, as its last attempts have it; null where that was never inferred.</summary>
    public EndpointModel? Model { get; init; }

    /// <summary>What it bore by weekday and hour.</summary>
    public IReadOnlyList<ThrottleHour> Hours { get; init; } = [];

    /// <summary>What it is expected to bear in the coming week, by weekday and hour; empty where nothing is known.</summary>
    public IReadOnlyList<ForecastHour> Forecast { get; init; } = [];

    /// <summary>What the forecast rests on, in words.</summary>
    public string ForecastRests { get; init; } = "";

    /// <summary>Jobs that wait for good windows of it, or are sent in them.</summary>
    public IReadOnlyList<PlannedJobWindows> Jobs { get; init; } = [];

    /// <summary>Its latest minutes, rising: served and refused a second.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, double Accepted, double Refused)> Minutes { get; init; } = [];

    public NumberTable HourNumbers => new(
        "hours", "What the endpoint bore, by weekday (1: Monday) and hour (UTC), of the last eight weeks",
        ["weekday", "hour_utc", "minutes", "touched_minutes", "served_per_second", "refused_share"],
        [.. Hours.Select(hour => new object?[] { hour.Weekday, hour.Hour, hour.Minutes, hour.Touched, hour.PerSecond,
            hour.RefusedShare })]);

    public NumberTable ForecastNumbers => new(
        "forecast", "What the endpoint is expected to bear in the coming week, by weekday (1: Monday) and hour (UTC), beside what it bore",
        ["weekday", "hour_utc", "expected_per_second", "low_per_second", "high_per_second", "observed_per_second", "observed_minutes",
            "touched_minutes"],
        [.. Forecast.Select(hour => Hours.FirstOrDefault(one => one.Weekday == hour.Weekday && one.Hour == hour.Hour) is var seen
            ? new object?[] { hour.Weekday, hour.Hour, hour.PerSecond, hour.Low, hour.High, seen?.PerSecond, seen?.Minutes ?? 0,
                seen?.Touched ?? 0 }
            : [])]);

    public NumberTable WindowNumbers => new(
        "windows", "The windows of 15 minutes that were chosen for jobs", ["job", "window_utc", "expected_per_second"],
        [.. Jobs.SelectMany(job => job.Windows.Select(window => new object?[] { job.Job, window.Begin, window.PerSecond }))]);

    public NumberTable MinuteNumbers => new(
        "minutes", "The latest minutes", ["minute_utc", "served_per_second", "refused_per_second"],
        [.. Minutes.Select(minute => new object?[] { minute.Minute, minute.Accepted, minute.Refused })]);

    public NumberTable ModelNumbers => new(
        "model", "What the endpoint seems to enforce, and how sure each part is, from 0 to 1",
        ["part", "value", "unit", "confidence", "seen_utc", "attempts", "refusals"],
        Model is not { Limit: var limit } model ? [] :
        [
            .. new (string Part, object? Value, string Unit, double Confidence)[]
            {
                ("shape", JsonNamingPolicy.SnakeCaseLower.ConvertName(limit.Shape.ToString()), "", limit.ShapeConfidence),
                ("rate", limit.RatePerSecond, "requests a second", limit.RateConfidence),
                ("window", IsShaped ? limit.Window.TotalSeconds : null, "seconds", limit.ShapeConfidence),
                ("phase", model.PhaseSinceMidnight?.TotalSeconds, "seconds since midnight UTC", limit.ShapeConfidence),
                ("burst", IsShaped ? limit.Burst : null, "requests", limit.ShapeConfidence),
                ("in_flight", limit.InFlight, "requests", limit.InFlightConfidence),
                ("refusals_count", limit.RefusalsCount ? 1 : 0, "0 or 1", limit.RefusalsCountConfidence),
                ("ban", limit.Ban.TotalSeconds, "seconds", limit.BanConfidence),
            }.Select(part => new object?[]
            {
                part.Part, part.Value, part.Unit, part.Confidence, model.SeenAt, model.Attempts, model.Refusals,
            }),
        ]);

    /// <summary>Whether enough was refused to tell how requests are counted.</summary>
    internal bool IsShaped => Model is { Limit.Shape: not LimitShape.Unknown };

    public override IEnumerable<NumberTable> Tables => [ModelNumbers, HourNumbers, ForecastNumbers, WindowNumbers, MinuteNumbers];
}
