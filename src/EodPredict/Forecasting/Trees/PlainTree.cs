namespace EodPredict.Forecasting.Trees;

/// <summary>
/// One tree as a learner gives it. Split 0 is the root; a child of 0 or more is a split, a negative one is the leaf ~child.
/// A tree without splits is its leaf 0.
/// </summary>
public sealed record PlainTree
{
    /// <summary>The feature that each split asks for, from 0.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>A value at most this goes left.</summary>
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Whether a missing value goes left.</summary>
    public required IReadOnlyList<bool> MissingLeft { get; init; }

    /// <summary>The left child of each split.</summary>
    public required IReadOnlyList<int> Left { get; init; }

    /// <summary>The right child of each split.</summary>
    public required IReadOnlyList<int> Right { get; init; }

    /// <summary>How much each split lowered the loss, in the learner's own unit.</summary>
    public required IReadOnlyList<double> Gains { get; init; }

    /// <summary>What each leaf adds.</summary>
    public required IReadOnlyList<double> Leaves { get; init; }
}
