using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// How often arrivals lay in the central interval of their laws. One known only to an interval counts by the share of it that is inside. Pure.
/// </summary>
internal static class LawCoverage
{
    private const double Exact = 1e-9;

    /// <summary>The share of arrivals in the central interval.</summary>
    /// <param name="model">The model; null: the experts alone.</param>
    /// <param name="examples">The sessions; not empty.</param>
    /// <param name="mass">The probability of the central interval, from 0 to 1.</param>
    public static double Of(LearnedHazard? model, IReadOnlyList<LearnedExample> examples, double mass) =>
        Of([.. examples.Select(example => Score(model, example))], mass);

    /// <summary>The same of forecasts of any kind.</summary>
    public static double Of(IReadOnlyList<ScoredForecast> forecasts, double mass) =>
        forecasts.Average(one => ShareInside(one.After, one.By, (1 - mass) / 2, (1 + mass) / 2));

    /// <summary>How the arrivals spread over equal parts of their laws: the same share in each, were the laws exact.</summary>
    /// <param name="model">The model; null: the experts alone.</param>
    /// <param name="examples">The sessions; of none, nothing is in any part.</param>
    /// <param name="parts">How many parts.</param>
    public static double[] Spread(LearnedHazard? model, IReadOnlyCollection<LearnedExample> examples, int parts) =>
        Spread([.. examples.Select(example => Score(model, example))], parts);

    /// <summary>The same of forecasts of any kind.</summary>
    public static double[] Spread(IReadOnlyList<ScoredForecast> forecasts, int parts) =>
    [
        .. Enumerable.Range(0, parts).Select(part => forecasts
            .Select(one => ShareInside(one.After, one.By, (double)part / parts, (part + 1.0) / parts)).DefaultIfEmpty().Average()),
    ];

    /// <summary>How a law did on one arrival.</summary>
    /// <param name="model">The model; null: the experts alone.</param>
    /// <param name="example">The session.</param>
    public static ScoredForecast Score(LearnedHazard? model, LearnedExample example)
    {
        var map = model?.Map(example);
        var (after, by) = map is null ? (example.After, example.By) : (map.At(example.After), map.At(example.By));
        return new ScoredForecast(HazardFit.ScoreOf(by - after), after, by);
    }

    /// <summary>The share of what is known of an arrival, from one probability to another, that lies from a low to a high one.</summary>
    public static double ShareInside(double after, double by, double low, double high) => by - after > Exact
        ? Math.Max(0, Math.Min(by, high) - Math.Max(after, low)) / (by - after)
        : (by > low || low == 0) && by <= high ? 1 : 0;
}
