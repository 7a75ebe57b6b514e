using System.Globalization;
using EodPredict.Forecasting.Trees;

namespace EodPredict.XGBoost;

/// <summary>The options in XGBoost's words. Pure.</summary>
internal static class XGBoostParameters
{
    public const string Logistic = "binary:logistic";

    public static Dictionary<string, string> Of(TreeLearnerOptions options, TrainingRows rows)
    {
        var start = TreeEnsemble.StartOf(rows, options.Objective);
        var isLogistic = options.Objective == TreeObjective.Logistic;
        // XGBoost bounds a leaf's second derivative, which for the logistic loss is p (1 - p) a row.
        var perRow = isLogistic ? start * (1 - start) : 1;
        return new Dictionary<string, string>
        {
            ["verbosity"] = "0",
            ["nthread"] = "1",
            ["booster"] = "gbtree",
            ["tree_method"] = "hist",
            ["grow_policy"] = "lossguide",
            ["max_depth"] = "0",
            ["objective"] = isLogistic ? Logistic : "reg:squarederror",
            ["base_score"] = Number((float)start),
            ["max_leaves"] = Number(options.LeavesPerTree),
            ["learning_rate"] = Number(options.LearningRate),
            ["min_child_weight"] = Number(options.RowsPerLeaf * perRow),
            ["max_bin"] = Number(options.Bins),
        };
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
