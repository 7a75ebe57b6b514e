using System.Text.Json;
using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping;

/// <summary>A job in figures, over all of its runs.</summary>
public sealed record ScrapeReport(
    long Items, long Stored, long Failed, long Attempts, long Refused, double Seconds, double GoodputPerSecond, LimitReport Limit)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    public static ScrapeReport Of(ScrapeStatus status, LimitEstimate limit) => new(
        status.Items, status.Stored, status.Failed, status.Attempts, status.Refused, Math.Round(status.Seconds, 3),
        Math.Round(status.Stored / Math.Max(status.Seconds, 1e-3), 3), LimitReport.Of(limit));

    /// <summary>One object, keys in snake_case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
