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
    public static double Of(LearnedHazard? model, IReadOnlyList<LearnedExample> examples, double mass) => examples.Average(example =>
    {
        var (after, by) = Place(model, example);
        return ShareInside(after, by, (1 - mass) / 2, (1 + mass) / 2);
    });

    /// <summary>How the arrivals spread over equal parts of their laws: the same share in each, were the laws exact.</summary>
    /// <param name="model">The model; null: the experts alone.</param>
    /// <param name="examples">The sessions; of none, nothing is in any part.</param>
    /// <param name="parts">How many parts.</param>
    public static double[] Spread(LearnedHazard? model, IReadOnlyCollection<LearnedExample> examples, int parts)
    {
        var places = examples.Select(example => Place(model, example)).ToArray();
        return [.. Enumerable.Range(0, parts).Select(part => places
            .Select(place => ShareInside(place.After, place.By, (double)part / parts, (part + 1.0) / parts)).DefaultIfEmpty().Average())];
    }

    /// <summary>The share of what is known of an arrival, from one probability to another, that lies from a low to a high one.</summary>
    public static double ShareInside(double after, double by, double low, double high) => by - after > Exact
        ? Math.Max(0, Math.Min(by, high) - Math.Max(after, low)) / (by - after)
        : (by > low || low == 0) && by <= high ? 1 : 0;

    // Where what is known of the arrival lies in the law, as probabilities.
    private static (double After, double By) Place(LearnedHazard? model, LearnedExample example) =>
        model?.Map(example) is { } map ? (map.At(example.After), map.At(example.By)) : (example.After, example.By);
}
