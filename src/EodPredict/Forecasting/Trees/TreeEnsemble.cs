namespace EodPredict.Forecasting.Trees;

/// <summary>
/// A sum of decision trees: what a learner fitted, in plain arrays. Its predictions equal the learner's own. Immutable, and safe for
/// concurrent use.
/// </summary>
public sealed class TreeEnsemble
{
    private readonly int[] _roots;
    private readonly TreeSplit[] _splits;
    private readonly double[] _leaves;

    /// <exception cref="TreeEnsembleException">The parts are no ensemble.</exception>
    public TreeEnsemble(TreeEnsembleParts parts)
    {
        TreeEnsembleChecks.Check(parts);
        Parts = parts;
        _roots = [.. parts.Roots];
        _splits = [.. Enumerable.Range(0, parts.Features.Length).Select(split => new TreeSplit(
            parts.Features[split], parts.Thresholds[split], parts.Left[split], parts.Right[split], parts.MissingLeft[split]))];
        _leaves = [.. parts.Leaves];
    }

    /// <summary>What the ensemble consists of.</summary>
    public TreeEnsembleParts Parts { get; }

    /// <summary>The number of features of a row.</summary>
    public int FeatureCount => Parts.FeatureCount;

    /// <summary>The number of trees.</summary>
    public int TreeCount => _roots.Length;

    /// <summary>An ensemble without trees, which predicts the weighted mean of the labels for every row.</summary>
    public static TreeEnsemble Constant(TrainingRows rows, TreeObjective objective, string learner)
    {
        var isLogistic = objective == TreeObjective.Logistic;
        var start = StartOf(rows, objective);
        return new TreeEnsemble(TreeEnsembleParts.Of(
            [],
            learner,
            rows.FeatureCount,
            isLogistic ? Math.Log(start / (1 - start)) : start,
            TreeArithmetic.DoublePrecision,
            isLogistic ? new SigmoidLink(-1, 0) : null));
    }

    /// <summary>The weighted mean of the labels; for the logistic loss never so near to 0 or 1 that its log odds were out of reach.</summary>
    public static double StartOf(TrainingRows rows, TreeObjective objective) =>
        objective == TreeObjective.Logistic ? Math.Clamp(rows.MeanLabel(), 1e-6, 1 - 1e-6) : rows.MeanLabel();

    /// <summary>The prediction for one row: for the logistic loss a probability.</summary>
    public float Predict(ReadOnlySpan<float> row)
    {
        var score = Score(row);
        return Parts.Link?.Probability(score, Parts.Arithmetic) ?? score;
    }

    /// <summary>The predictions for rows that stand one after the other, one for each.</summary>
    public void Predict(ReadOnlySpan<float> rows, Span<float> predictions)
    {
        if (rows.Length != (long)predictions.Length * FeatureCount)
            throw new ArgumentException($"{rows.Length} values are not {predictions.Length} rows of {FeatureCount} features.", nameof(rows));

        for (var row = 0; row < predictions.Length; row++)
            predictions[row] = Predict(rows.Slice(row * FeatureCount, FeatureCount));
    }

    /// <summary>The sum of the base score and one leaf of each tree, before the link.</summary>
    public float Score(ReadOnlySpan<float> row)
    {
        if (row.Length != FeatureCount)
            throw new ArgumentException($"The row has {row.Length} features, but the ensemble was fitted to {FeatureCount}.", nameof(row));

        if (Parts.Arithmetic == TreeArithmetic.SinglePrecision)
        {
            var single = (float)Parts.BaseScore;
            for (var tree = 0; tree < _roots.Length; tree++)
                single += (float)Leaf(tree, row);
            return single;
        }

        var sum = Parts.BaseScore;
        for (var tree = 0; tree < _roots.Length; tree++)
            sum += Leaf(tree, row);
        return (float)sum;
    }

    /// <summary>What one tree adds to the score of a row.</summary>
    public double Leaf(int tree, ReadOnlySpan<float> row)
    {
        var at = _roots[tree];
        while (at >= 0)
        {
            ref readonly var split = ref _splits[at];
            at = split.Next(row[split.Feature]);
        }

        return _leaves[~at];
    }

    /// <summary>For each feature the share of the gain that its splits brought; all 0 where there is no split, else they add up to 1.</summary>
    public IReadOnlyList<double> Importance()
    {
        var gains = new double[FeatureCount];
        for (var split = 0; split < _splits.Length; split++)
            gains[_splits[split].Feature] += Math.Max(Parts.Gains[split], 0);
        var all = gains.Sum();
        return all > 0 ? Array.ConvertAll(gains, gain => gain / all) : gains;
    }
}
