namespace EodPredict.Forecasting.Trees;

/// <summary>What a learner is fitted to: features, labels and weights, and a later block that says when to stop. Immutable.</summary>
public sealed class TrainingRows
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<float> _labels;
    private readonly ReadOnlyMemory<float> _weights;

    /// <summary>Takes the memory as it is, so the caller must leave it alone afterwards.</summary>
    /// <param name="featureCount">The number of features of a row, from 1.</param>
    /// <param name="features">Row after row; NaN is a missing value, infinities are refused.</param>
    /// <param name="labels">One finite number a row.</param>
    /// <param name="weights">One number a row, finite and at least 0, not all 0; empty where every row weighs 1.</param>
    /// <param name="later">A later block with the same features, for early stopping.</param>
    /// <exception cref="TrainingRowsException">The sizes do not fit, there are no rows, or a number is not allowed.</exception>
    public TrainingRows(
        int featureCount,
        ReadOnlyMemory<float> features,
        ReadOnlyMemory<float> labels,
        ReadOnlyMemory<float> weights = default,
        TrainingRows? later = null)
    {
        FeatureCount = featureCount;
        Later = later;
        _features = features;
        _labels = labels;
        _weights = weights;
        CheckSizes();
        CheckFeatures();
        CheckLabels();
        CheckWeights();
    }

    /// <summary>The number of features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _labels.Length;

    /// <summary>The features, row after row.</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>One label a row.</summary>
    public ReadOnlySpan<float> Labels => _labels.Span;

    /// <summary>One weight a row, or none where every row weighs 1.</summary>
    public ReadOnlySpan<float> Weights => _weights.Span;

    /// <summary>The later block, or null.</summary>
    public TrainingRows? Later { get; }

    /// <summary>The features of one row.</summary>
    public ReadOnlySpan<float> Row(int row) => Features.Slice(row * FeatureCount, FeatureCount);

    /// <summary>The weight of one row.</summary>
    public float Weight(int row) => _weights.IsEmpty ? 1 : Weights[row];

    /// <summary>The weighted mean of the labels.</summary>
    public double MeanLabel()
    {
        double sum = 0, weight = 0;
        for (var row = 0; row < Count; row++)
        {
            sum += (double)Weight(row) * Labels[row];
            weight += Weight(row);
        }

        return sum / weight;
    }

    /// <summary>Refuses labels that the objective cannot take, in these rows and in the later block.</summary>
    public void CheckFor(TreeObjective objective)
    {
        Later?.CheckFor(objective);
        for (var row = 0; objective == TreeObjective.Logistic && row < Count; row++)
        {
            if (Labels[row] is < 0 or > 1)
                throw new TrainingRowsException(row, $"has the label {Labels[row]}; the logistic loss takes labels from 0 to 1");
        }
    }

    private void CheckSizes()
    {
        if (FeatureCount < 1)
            throw new TrainingRowsException($"{FeatureCount} features a row; there must be one at least");
        if (Count == 0)
            throw new TrainingRowsException("there are none");
        if (_features.Length != (long)Count * FeatureCount)
            throw new TrainingRowsException($"{Count} labels, but {_features.Length} values of {FeatureCount} features");
        if (!_weights.IsEmpty && _weights.Length != Count)
            throw new TrainingRowsException($"{Count} labels, but {_weights.Length} weights");
        if (Later is not null && Later.FeatureCount != FeatureCount)
            throw new TrainingRowsException($"{FeatureCount} features, but {Later.FeatureCount} in the later block");
    }

    private void CheckFeatures()
    {
        var features = Features;
        for (var at = 0; at < features.Length; at++)
        {
            if (float.IsInfinity(features[at]))
                throw new TrainingRowsException(at / FeatureCount, $"has {features[at]} as feature {at % FeatureCount}; missing is NaN");
        }
    }

    private void CheckLabels()
    {
        for (var row = 0; row < Count; row++)
        {
            if (!float.IsFinite(Labels[row]))
                throw new TrainingRowsException(row, $"has the label {Labels[row]}");
        }
    }

    private void CheckWeights()
    {
        for (var row = 0; row < _weights.Length; row++)
        {
            if (!float.IsFinite(Weights[row]) || Weights[row] < 0)
                throw new TrainingRowsException(row, $"has the weight {Weights[row]}");
        }

        if (!_weights.IsEmpty && Weights.IndexOfAnyExcept(0f) < 0)
            throw new TrainingRowsException("every weight is 0");
    }
}
