using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Scraping.Forecast;

/// <summary>Fits trees to how far limits were from their profiles. The same windows give the same model.</summary>
internal static class LimitTrees
{
    private const int FewestWindows = 100;

    // What is foretold badly would else outweigh all that is foretold well.
    private const float MostResidual = 1.5f;

    private static readonly TreeLearnerOptions Options = new()
    {
        Objective = TreeObjective.SquaredError, Trees = 150, LeavesPerTree = 8, LearningRate = 0.08, RowsPerLeaf = 20, Bins = 63,
    };

    private static readonly double[] Shares = [1, 0.75, 0.5, 0.25, 0];
    private static readonly double[] Spreads = [0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.5, 2];

    /// <summary>
    /// Fits trees to the earlier windows; by the later ones it stops them, and chooses how far they are believed and how wide the law is.
    /// </summary>
    /// <returns>Null where there are too few windows, or the later ones are foretold no better than by the profile.</returns>
    public static LearnedLimit? Fit(IReadOnlyList<LimitExample> examples, ITreeLearner learner, CancellationToken cancellationToken)
    {
        if (examples.Count < FewestWindows)
        {
            return null;
        }

        var (earlier, later) = LaterBlock.Split(examples, example => example.Date);
        LearnedLimit? model = null;
        // Bounds are compared with the profile first, then with what that taught.
        for (var pass = 0; pass < 2; pass++)
        {
            if (Rows(earlier, model, Rows(later, model, null)) is not { } rows)
            {
                return null;
            }

            model = new LearnedLimit(learner.Fit(rows, Options, cancellationToken), 1, 1);
        }

        var candidates = from share in Shares from spread in Spreads select model! with { Share = share, Spread = spread };
        var best = candidates.MinBy(candidate => Mean(candidate, later))!;
        return Mean(best, later) < Mean(null, later) ? best : null;
    }

    /// <summary>How a law did on one window; null: the profile's.</summary>
    public static ScoredForecast Score(LearnedLimit? model, LimitExample example)
    {
        var law = Law(model, example);
        return new ScoredForecast(
            law.LogScore(example.Seen), law.ProbabilityBelow(example.Seen.Low), law.ProbabilityBelow(example.Seen.High));
    }

    private static double Mean(LearnedLimit? model, IReadOnlyList<LimitExample> examples) =>
        examples.Average(example => Law(model, example).LogScore(example.Seen));

    private static LimitLaw Law(LearnedLimit? model, LimitExample example) =>
        model?.Law(example.Profile, example.Features) ?? example.Profile;

    // A limit that was not met teaches only where it exceeds what was expected: that it is there at least.
    private static TrainingRows? Rows(IReadOnlyList<LimitExample> examples, LearnedLimit? model, TrainingRows? later)
    {
        var taught = examples.Where(example => example.Seen.IsTouched || example.Seen.Low > Law(model, example).Mean).ToList();
        return taught.Count == 0 ? null : new TrainingRows(
            LimitFeatures.Schema.Names.Count,
            taught.SelectMany(example => example.Features).ToArray(),
            taught.ConvertAll(example =>
                Math.Clamp((float)(example.Seen.Rate - example.Profile.Mean), -MostResidual, MostResidual)).ToArray(),
            later: later);
    }
}
