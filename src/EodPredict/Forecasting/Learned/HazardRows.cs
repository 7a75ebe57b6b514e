using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Sessions as rows of a discrete-time hazard: one for each window that a session may have reached. An arrival known only to an interval is
/// spread over it by what is believed so far, so a row weighs the probability that its window was reached, and its label is the
/// probability that the arrival lies in it, given that it was (the expectation step for interval-censored data; Turnbull 1976). Pure.
/// </summary>
internal static class HazardRows
{
    private const float Negligible = 0.01f;
    private const double Impossible = 1e-12;

    /// <summary>The rows of these sessions.</summary>
    /// <param name="examples">The sessions.</param>
    /// <param name="believed">What is believed so far; null: the expert law.</param>
    /// <param name="later">A later block, for early stopping.</param>
    public static TrainingRows Of(IReadOnlyList<LearnedExample> examples, LearnedHazard? believed, TrainingRows? later = null)
    {
        var (features, labels, weights) = (new List<float>(), new List<float>(), new List<float>());
        var row = new float[SessionFeatures.Names.Count];
        Span<double> inside = stackalloc double[HazardScale.Windows];
        foreach (var example in examples)
        {
            Spread(example, believed?.Map(example), inside);
            var reached = 1.0;
            for (var k = 0; k < HazardScale.Windows && reached > Negligible; k++)
            {
                SessionFeatures.Fill(example.Features, example.Close, k, example.Middles[k], row);
                features.AddRange(row);
                labels.Add((float)Math.Clamp(inside[k] / reached, 0, 1));
                weights.Add((float)reached);
                reached -= inside[k];
            }
        }

        return new TrainingRows(row.Length, features.ToArray(), labels.ToArray(), weights.ToArray(), later);
    }

    // The probability of each window, knowing the interval; what lacks to 1 is behind the last.
    private static void Spread(LearnedExample example, QuantileMap? map, Span<double> inside)
    {
        double At(double probability) => map?.At(probability) ?? probability;
        var (after, by) = (At(example.After), At(example.By));
        for (var k = 0; k < inside.Length; k++)
        {
            var (from, to) = (At(HazardScale.Edges[k]), At(HazardScale.Edges[k + 1]));
            inside[k] = by - after > Impossible
                ? (Math.Clamp(to, after, by) - Math.Clamp(from, after, by)) / (by - after)
                : from <= after && after < to ? 1 : 0;
        }
    }
}
