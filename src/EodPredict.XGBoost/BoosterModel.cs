using System.Globalization;
using System.Text.Json;
using EodPredict.Forecasting.Trees;

namespace EodPredict.XGBoost;

/// <summary>Reads the trees out of XGBoost's JSON. Pure.</summary>
internal static class BoosterModel
{
    /// <summary>The first <paramref name="trees"/> trees of the model as an ensemble.</summary>
    public static TreeEnsemble Read(ReadOnlyMemory<byte> json, int trees, string learner)
    {
        using var document = JsonDocument.Parse(json);
        var model = document.RootElement.GetProperty("learner");
        var parameters = model.GetProperty("learner_model_param");
        var start = float.Parse(parameters.GetProperty("base_score").GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
        var featureCount = int.Parse(parameters.GetProperty("num_feature").GetString()!, CultureInfo.InvariantCulture);
        var isLogistic = model.GetProperty("objective").GetProperty("name").GetString() == XGBoostParameters.Logistic;

        return new TreeEnsemble(TreeEnsembleParts.Of(
            [.. model.GetProperty("gradient_booster").GetProperty("model").GetProperty("trees").EnumerateArray().Take(trees).Select(Tree)],
            learner,
            featureCount,
            isLogistic ? -MathF.Log((1 / start) - 1) : start,
            TreeArithmetic.SinglePrecision,
            isLogistic ? new SigmoidLink(-1, 0) : null));
    }

    // XGBoost numbers splits and leaves together; its root is node 0, a leaf has no left child and its value stands for a threshold.
    private static PlainTree Tree(JsonElement tree)
    {
        var left = Integers(tree, "left_children");
        var right = Integers(tree, "right_children");
        var conditions = Singles(tree, "split_conditions");
        var features = Integers(tree, "split_indices");
        var missingLeft = Flags(tree, "default_left");
        var gains = Singles(tree, "loss_changes");

        var splits = Enumerable.Range(0, left.Length).Where(node => left[node] >= 0).ToList();
        var leaves = Enumerable.Range(0, left.Length).Where(node => left[node] < 0).ToList();
        var places = new int[left.Length];
        foreach (var (place, node) in splits.Index())
            places[node] = place;
        foreach (var (place, node) in leaves.Index())
            places[node] = ~place;

        return new PlainTree
        {
            Features = [.. splits.Select(node => features[node])],
            // XGBoost sends x < condition left, which is x <= the largest number below it.
            Thresholds = [.. splits.Select(node => MathF.BitDecrement(conditions[node]))],
            MissingLeft = [.. splits.Select(node => missingLeft[node])],
            Left = [.. splits.Select(node => places[left[node]])],
            Right = [.. splits.Select(node => places[right[node]])],
            Gains = [.. splits.Select(node => (double)gains[node])],
            Leaves = [.. leaves.Select(node => (double)conditions[node])],
        };
    }

    private static int[] Integers(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    private static float[] Singles(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(item => item.GetSingle())];

    private static bool[] Flags(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.True
            || (item.ValueKind == JsonValueKind.Number && item.GetInt32() != 0))];
}
