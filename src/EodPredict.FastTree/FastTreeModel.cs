using EodPredict.Forecasting.Trees;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace EodPredict.FastTree;

/// <summary>What FastTree fitted: its trees, and the model of ML.NET.</summary>
internal sealed record FastTreeModel(IReadOnlyList<PlainTree> Trees, SigmoidLink? Link, ITransformer Transformer)
{
    /// <summary>The first <paramref name="count"/> trees as an ensemble.</summary>
    public TreeEnsemble ToEnsemble(int count, int featureCount, string learner) => new(TreeEnsembleParts.Of(
        [.. Trees.Take(count)], learner, featureCount, baseScore: 0, TreeArithmetic.DoublePrecision, Link));

    /// <summary>One tree of FastTree, whose leaves are the negative children as here.</summary>
    public static PlainTree Plain(RegressionTreeBase tree)
    {
        var splits = tree.LeftChild.Count;
        return new PlainTree
        {
            Features = [.. tree.NumericalSplitFeatureIndexes.Take(splits)],
            Thresholds = [.. tree.NumericalSplitThresholds.Take(splits)],
            // What stands for a missing value is below every threshold.
            MissingLeft = [.. Enumerable.Repeat(true, splits)],
            Left = [.. tree.LeftChild],
            Right = [.. tree.RightChild],
            Gains = [.. tree.SplitGains.Take(splits)],
            Leaves = [.. tree.LeafValues],
        };
    }
}
