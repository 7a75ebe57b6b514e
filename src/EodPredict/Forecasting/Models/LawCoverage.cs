using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// How often arrivals lay in the central interval of their laws. One known only to an interval counts by the share of it that is inside. Pure.
/// </summary>
internal static class LawCoverage
{
    /// <summary>The share of arrivals in the central interval.</summary>
    /// <param name="model">The model; null: the experts alone.</param>
    /// <param name="examples">The sessions; not empty.</param>
    /// <param name="mass">The probability of the central interval, from 0 to 1.</param>
    public static double Of(LearnedHazard? model, IReadOnlyList<LearnedExample> examples, double mass) => examples.Average(example =>
    {
        var map = model?.Map(example);
        var (after, by) = map is null ? (example.After, example.By) : (map.At(example.After), map.At(example.By));
        var (low, high) = ((1 - mass) / 2, (1 + mass) / 2);
        return by - after < 1e-9
            ? after >= low && after <= high ? 1 : 0
            : Math.Max(0, Math.Min(by, high) - Math.Max(after, low)) / (by - after);
    });
}
