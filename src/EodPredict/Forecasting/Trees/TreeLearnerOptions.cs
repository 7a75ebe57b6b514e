namespace EodPredict.Forecasting.Trees;

/// <summary>How an ensemble is fitted. The learners read every option alike, as far as they have it.</summary>
public sealed class TreeLearnerOptions
{
    /// <summary>What the fit minimises. Default: squared error.</summary>
    public TreeObjective Objective { get; set; } = TreeObjective.SquaredError;

    /// <summary>The largest number of trees, from 1 to 10,000. Default: 200.</summary>
    public int Trees { get; set; } = 200;

    /// <summary>The largest number of leaves of a tree, from 2 to 4,096. Trees grow where the gain is largest. Default: 20.</summary>
    public int LeavesPerTree { get; set; } = 20;

    /// <summary>The share of each tree's answer that is taken, above 0, at most 1. Default: 0.1.</summary>
    public double LearningRate { get; set; } = 0.1;

    /// <summary>
    /// The smallest number of rows in a leaf, from 1. FastTree counts rows; XGBoost sums weights, for the logistic loss relative to the
    /// weight of an average row. Default: 20.
    /// </summary>
    public int RowsPerLeaf { get; set; } = 20;

    /// <summary>The largest number of bins into which a feature's values are sorted, from 2 to 65,535. Default: 255.</summary>
    public int Bins { get; set; } = 255;

    /// <summary>
    /// How many trees may follow the one with the smallest loss on the later block before the fit stops, from 1. The trees after the best
    /// are dropped. Without a later block every tree is kept. Default: 20.
    /// </summary>
    public int Patience { get; set; } = 20;

    /// <summary>Refuses options outside their ranges.</summary>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Enum.IsDefined(Objective), true, nameof(Objective));
        InRange(Trees, 1, 10_000, nameof(Trees));
        InRange(LeavesPerTree, 2, 4_096, nameof(LeavesPerTree));
        InRange(RowsPerLeaf, 1, int.MaxValue, nameof(RowsPerLeaf));
        InRange(Bins, 2, 65_535, nameof(Bins));
        InRange(Patience, 1, int.MaxValue, nameof(Patience));
        if (!(LearningRate > 0 && LearningRate <= 1))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "A learning rate is above 0 and at most 1.");
    }

    private static void InRange(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
