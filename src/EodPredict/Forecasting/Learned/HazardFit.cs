using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Learned;

/// <summary>Fits the learned law to past sessions. The same sessions give the same model.</summary>
internal static class HazardFit
{
    private const int FewestSessions = 200;
    private const double Impossible = 1e-9;

    private static readonly TreeLearnerOptions Options = new()
    {
        Objective = TreeObjective.Logistic, Trees = 50, LeavesPerTree = 8, LearningRate = 0.16, RowsPerLeaf = 100, Bins = 63,
    };

    private static readonly double[] Shares = [1, 0.75, 0.5, 0.25];

    /// <summary>Fits trees to the earlier sessions; by the later ones it stops them and chooses how far they are believed.</summary>
    /// <param name="examples">The sessions.</param>
    /// <param name="believed">What is believed so far, by which arrivals are spread over their intervals; null: the experts.</param>
    /// <param name="learner">Who fits the trees.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <returns>Null where there are too few sessions, or the trees foretell the later ones no better than the experts do.</returns>
    public static LearnedHazard? Fit(
        IReadOnlyList<LearnedExample> examples, LearnedHazard? believed, ITreeLearner learner, CancellationToken cancellationToken)
    {
        if (examples.Count < FewestSessions)
        {
            return null;
        }

        var (earlier, later) = LaterBlock.Split(examples);
        var rows = HazardRows.Of(earlier, believed, HazardRows.Of(later, believed));
        var model = new LearnedHazard(learner.Fit(rows, Options, cancellationToken), 1);
        if (model.Trees.TreeCount == 0)
        {
            return null;
        }

        var hazards = later.Select(model.Hazards).ToArray();
        var (score, best) = Shares
            .Select(share => (Score: later.Zip(hazards, (example, h) => Score(QuantileMap.Of(h, share), example)).Average(), Share: share))
            .MinBy(candidate => candidate.Score);
        return score < Score(null, later) ? model with { Share = best } : null;
    }

    /// <summary>The mean interval log score over sessions; null: that of the experts.</summary>
    public static double Score(LearnedHazard? model, IReadOnlyList<LearnedExample> examples) =>
        examples.Average(example => Score(model?.Map(example), example));

    /// <summary>The log score of one session whose arrival had this probability.</summary>
    public static double ScoreOf(double probability) => -Math.Log(Math.Max(probability, Impossible));

    private static double Score(QuantileMap? map, LearnedExample example) =>
        ScoreOf(map is null ? example.By - example.After : map.At(example.By) - map.At(example.After));
}
