using System.Text.Json;

namespace EodPredict.Scraping.Limit;

/// <summary>A limit in figures.</summary>
/// <param name="RatePerSecond">Requests per second.</param>
/// <param name="WindowSeconds">The time for which it counts; null where that is not known.</param>
/// <param name="Shape">How requests are counted: unknown, token_bucket, strict_spacing, fixed_window, sliding_window.</param>
/// <param name="Burst">Requests admitted at once after a rest; null where that is not known.</param>
/// <param name="Concurrency">Requests served at one time; null where no such cap showed.</param>
/// <param name="Confidence">How sure the shape is, from 0 to 1.</param>
public sealed record LimitReport(
    double RatePerSecond, double? WindowSeconds, string Shape, double? Burst, int? Concurrency, double Confidence)
{
    public static LimitReport Of(LimitEstimate limit)
    {
        var isKnown = limit.Shape != LimitShape.Unknown;
        return new(
            Math.Round(limit.RatePerSecond, 3), isKnown ? Math.Round(limit.Window.TotalSeconds, 3) : null,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(limit.Shape.ToString()),
            isKnown ? Math.Round(limit.Burst, 1) : null,
            limit.InFlight,
            Math.Round(limit.ShapeConfidence, 3));
    }
}
