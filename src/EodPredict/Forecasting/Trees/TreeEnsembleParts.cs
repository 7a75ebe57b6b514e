using System.Collections.Immutable;

namespace EodPredict.Forecasting.Trees;

/// <summary>What an ensemble consists of: flat arrays over the splits and the leaves of all trees.</summary>
public sealed record TreeEnsembleParts
{
    /// <summary>The name and version of the learner.</summary>
    public required string Learner { get; init; }

    /// <summary>The number of features of a row.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The score before the first tree.</summary>
    public required double BaseScore { get; init; }

    /// <summary>How the leaves are added.</summary>
    public required TreeArithmetic Arithmetic { get; init; }

    /// <summary>What turns the score into the prediction; null where the score is the prediction.</summary>
    public required SigmoidLink? Link { get; init; }

    /// <summary>Where each tree begins: a split, or where negative the leaf ~root.</summary>
    public required ImmutableArray<int> Roots { get; init; }

    /// <summary>The feature that each split asks for, from 0.</summary>
    public required ImmutableArray<int> Features { get; init; }

    /// <summary>A value at most this goes left, a larger one right.</summary>
    public required ImmutableArray<float> Thresholds { get; init; }

    /// <summary>Whether a missing value, NaN, goes left.</summary>
    public required ImmutableArray<bool> MissingLeft { get; init; }

    /// <summary>The left child of each split: a split, or where negative the leaf ~child.</summary>
    public required ImmutableArray<int> Left { get; init; }

    /// <summary>The right child of each split: a split, or where negative the leaf ~child.</summary>
    public required ImmutableArray<int> Right { get; init; }

    /// <summary>How much each split lowered the loss, in the learner's own unit.</summary>
    public required ImmutableArray<double> Gains { get; init; }

    /// <summary>What each leaf adds to the score.</summary>
    public required ImmutableArray<double> Leaves { get; init; }

    /// <summary>The parts of an ensemble of these trees, in their order.</summary>
    public static TreeEnsembleParts Of(
        IReadOnlyList<PlainTree> trees, string learner, int featureCount, double baseScore, TreeArithmetic arithmetic, SigmoidLink? link)
    {
        var firstSplits = Starts(trees, tree => tree.Features.Count);
        var firstLeaves = Starts(trees, tree => tree.Leaves.Count);
        int Moved(int tree, int child) => child >= 0 ? child + firstSplits[tree] : child - firstLeaves[tree];
        return new TreeEnsembleParts
        {
            Learner = learner,
            FeatureCount = featureCount,
            BaseScore = baseScore,
            Arithmetic = arithmetic,
            Link = link,
            Roots = [.. trees.Select((tree, at) => Moved(at, tree.Features.Count > 0 ? 0 : ~0))],
            Features = [.. trees.SelectMany(tree => tree.Features)],
            Thresholds = [.. trees.SelectMany(tree => tree.Thresholds)],
            MissingLeft = [.. trees.SelectMany(tree => tree.MissingLeft)],
            Left = [.. trees.SelectMany((tree, at) => tree.Left.Select(child => Moved(at, child)))],
            Right = [.. trees.SelectMany((tree, at) => tree.Right.Select(child => Moved(at, child)))],
            Gains = [.. trees.SelectMany(tree => tree.Gains)],
            Leaves = [.. trees.SelectMany(tree => tree.Leaves)],
        };
    }

    private static int[] Starts(IReadOnlyList<PlainTree> trees, Func<PlainTree, int> size)
    {
        var starts = new int[trees.Count];
        for (var at = 1; at < starts.Length; at++)
            starts[at] = starts[at - 1] + size(trees[at - 1]);
        return starts;
    }
}
