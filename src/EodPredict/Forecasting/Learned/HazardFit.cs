using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Learned;

/// <summary>Fits the learned law to past sessions. The same sessions give the same model.</summary>
internal static class HazardFit
{
    private const int FewestSessions = 200;
    private const double Impossible = 1e-9;

    // Standard errors by which more trust must be better than less.
    private const double Doubt = 0.5;

    private static readonly TreeLearnerOptions Options = new()
    {
        Objective = TreeObjective.Logistic, Trees = 50, LeavesPerTree = 8, LearningRate = 0.16, RowsPerLeaf = 100, Bins = 63,
    };

    private static readonly double[] Shares = [1, 0.75, 0.5, 0.25, 0];

    /// <summary>
    /// Fits trees to the earlier sessions; by the later ones it stops them and chooses how far they are believed. It fits twice: arrivals are
    /// spread over their intervals by the experts first, then by what that taught. Any further and the trees would learn from themselves.
    /// </summary>
    /// <param name="examples">The sessions.</param>
    /// <param name="learner">Who fits the trees.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <param name="again">Is called before the second fit; may be null.</param>
    /// <returns>Null where there are too few sessions, or the trees foretell the later ones no better than the experts do.</returns>
    public static LearnedHazard? Fit(
        IReadOnlyList<LearnedExample> examples, ITreeLearner learner, CancellationToken cancellationToken, Action? again = null)
    {
        if (examples.Count < FewestSessions || Fit(examples, null, learner, cancellationToken) is not { } first)
        {
            return null;
        }

        again?.Invoke();
        return Fit(examples, first, learner, cancellationToken);
    }

    /// <summary>The mean interval log score over sessions; null: that of the experts.</summary>
    public static double Score(LearnedHazard? model, IReadOnlyList<LearnedExample> examples) =>
        examples.Average(example => Score(model?.Map(example), example));

    /// <summary>The log score of one session whose arrival had this probability.</summary>
    public static double ScoreOf(double probability) => -Math.Log(Math.Max(probability, Impossible));

    private static LearnedHazard? Fit(
        IReadOnlyList<LearnedExample> examples, LearnedHazard? believed, ITreeLearner learner, CancellationToken cancellationToken)
    {
        var (earlier, later) = LaterBlock.Split(examples);
        var rows = HazardRows.Of(earlier, believed, HazardRows.Of(later, believed));
        var model = new LearnedHazard(learner.Fit(rows, Options, cancellationToken), 1);
        if (model.Trees.TreeCount == 0)
        {
            return null;
        }

        return Believed(later, [.. later.Select(model.Hazards)]) is { } share ? model with { Share = share } : null;
    }

    // The least share whose score is within half a standard error of the best one's (after Breiman et al. 1984), by session dates, on which
    // tickers err together: the best is best by chance as well. What beats the experts at all is believed a little. Null where nothing does.
    private static double? Believed(IReadOnlyList<LearnedExample> later, float[][] hazards)
    {
        var dates = later.Select(example => example.SessionDate).Distinct().Order().ToList();
        var sums = Array.ConvertAll(Shares, _ => new double[dates.Count]);
        for (var i = 0; i < later.Count; i++)
        {
            var date = dates.BinarySearch(later[i].SessionDate);
            for (var s = 0; s < Shares.Length; s++)
            {
                sums[s][date] += Score(Shares[s] > 0 ? QuantileMap.Of(hazards[i], Shares[s]) : null, later[i]);
            }
        }

        var best = sums.MinBy(sum => sum.Sum())!;
        var least = Shares[Array.FindLastIndex(sums, sum => IsAsGood(sum, best))];
        return best.Sum() < sums[^1].Sum() ? Math.Max(least, Shares[^2]) : null;
    }

    private static bool IsAsGood(double[] sums, double[] best)
    {
        var worse = sums.Zip(best, (one, other) => one - other).ToArray();
        var mean = worse.Average();
        var error = Math.Sqrt(worse.Sum(one => (one - mean) * (one - mean)) / Math.Max(1, worse.Length - 1) / worse.Length);
        return mean <= Doubt * error;
    }

    private static double Score(QuantileMap? map, LearnedExample example) =>
        ScoreOf(map is null ? example.By - example.After : map.At(example.By) - map.At(example.After));
}
