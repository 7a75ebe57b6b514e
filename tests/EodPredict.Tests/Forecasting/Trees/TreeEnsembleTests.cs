using System.Text;
using System.Text.Json.Nodes;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Tests.Forecasting.Trees;

public sealed class TreeEnsembleTests
{
    [Fact]
    public void A_value_on_the_threshold_goes_left_and_a_missing_one_where_it_is_told()
    {
        var ensemble = new TreeEnsemble(Parts());
        Assert.Equal(100 + 1 + 7, ensemble.Predict([0.5f, 0]));
        Assert.Equal(100 + 2 + 7, ensemble.Predict([MathF.BitIncrement(0.5f), -1]));
        Assert.Equal(100 + 4 + 7, ensemble.Predict([1, 0]));
        Assert.Equal(100 + 1 + 7, ensemble.Predict([float.NaN, 0]));
        Assert.Equal(100 + 4 + 7, ensemble.Predict([1, float.NaN]));
    }

    [Fact]
    public void Rows_one_after_the_other_are_predicted_one_by_one()
    {
        var predictions = new float[2];
        new TreeEnsemble(Parts()).Predict([0, 0, 1, 0], predictions);
        Assert.Equal([108f, 111f], predictions);
    }

    [Fact]
    public void A_row_of_another_size_is_refused()
    {
        var ensemble = new TreeEnsemble(Parts());
        Assert.Throws<ArgumentException>(() => ensemble.Predict([1]));
        Assert.Throws<ArgumentException>(() => ensemble.Predict([1, 2, 3], new float[2]));
    }

    [Fact]
    public void Importance_is_the_share_of_the_gain() => Assert.Equal([0.75, 0.25], new TreeEnsemble(Parts()).Importance());

    [Fact]
    public void The_sigmoid_stays_within_0_and_1()
    {
        foreach (var arithmetic in Enum.GetValues<TreeArithmetic>())
        {
            var link = new SigmoidLink(-1, 0);
            Assert.Equal(0.5f, link.Probability(0, arithmetic));
            Assert.Equal(0.7310586f, link.Probability(1, arithmetic), 1e-6f);
            Assert.InRange(link.Probability(-1e6f, arithmetic), 0, 1e-30f);
            Assert.Equal(1, link.Probability(1e6f, arithmetic));
        }
    }

    [Fact]
    public void Broken_parts_are_refused_with_a_reason()
    {
        Refuses("split 1 asks for feature 2 of 2", parts => parts with { Features = [0, 2] });
        Refuses("split 0 asks for feature -1 of 2", parts => parts with { Features = [-1, 1] });
        Refuses("a tree leads to split 2 of 2", parts => parts with { Right = [2, ~2] });
        Refuses("a tree leads to leaf 4 of 4", parts => parts with { Right = [1, ~4] });
        Refuses("split 0 is reached twice", parts => parts with { Left = [~0, 0] });
        Refuses("split 1 is reached twice", parts => parts with { Roots = [0, 1] });
        Refuses("2 splits, but 1 left children", parts => parts with { Left = [1] });
        Refuses("2 features of splits, but 1 thresholds", parts => parts with { Thresholds = [1] });
        Refuses("split 1 has the threshold NaN", parts => parts with { Thresholds = [1, float.NaN] });
        Refuses("leaf 1 is", parts => parts with { Leaves = [1, double.PositiveInfinity, 4, 7] });
        Refuses("the base score is NaN", parts => parts with { BaseScore = double.NaN });
        Refuses("the link is", parts => parts with { Link = new SigmoidLink(0, 0) });
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var parts = Parts() with { Link = new SigmoidLink(-0.2, 0.1), Thresholds = [0.1f, -0f], BaseScore = 1 / 3d };
        var json = TreeEnsembleJson.Write(new TreeEnsemble(parts));
        var read = TreeEnsembleJson.Read(json);
        Assert.Equal(json, TreeEnsembleJson.Write(read));
        Assert.Equal(parts.Link, read.Parts.Link);
        Assert.Equal(parts.BaseScore, read.Parts.BaseScore);
        Assert.True(float.IsNegative(read.Parts.Thresholds[1]));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"learner":{"gradient_booster":{}}}""", "format is not eod-tree-ensemble")]
    [InlineData("""{"format":"eod-tree-ensemble","version":2}""", "version 2 is unknown")]
    [InlineData("""{"format":"eod-tree-ensemble","version":1}""", "learner is missing")]
    public void What_is_no_ensemble_is_refused_with_a_reason(string json, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<TreeEnsembleException>(() => TreeEnsembleJson.Read(Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("features", """[0,"1"]""", "features[1] is not of its kind")]
    [InlineData("left", "[-1,0]", "split 0 is reached twice")]
    [InlineData("leaves", "[1e999,2,4,7]", "leaf")]
    [InlineData("thresholds", "7", "thresholds is not an array")]
    [InlineData("arithmetic", "\"half\"", "neither single nor double")]
    [InlineData("sigmoid", "3", "sigmoid is neither null nor an object")]
    [InlineData("feature_count", "1.5", "feature_count is not a number of its kind")]
    public void A_changed_ensemble_is_refused_with_a_reason(string member, string value, string reason)
    {
        var json = JsonNode.Parse(TreeEnsembleJson.Write(new TreeEnsemble(Parts())))!;
        json[member] = JsonNode.Parse(value);
        var refusal = Assert.Throws<TreeEnsembleException>(() => TreeEnsembleJson.Read(Encoding.UTF8.GetBytes(json.ToJsonString())));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static void Refuses(string reason, Func<TreeEnsembleParts, TreeEnsembleParts> broken) =>
        Assert.Contains(
            reason, Assert.Throws<TreeEnsembleException>(() => new TreeEnsemble(broken(Parts()))).Message, StringComparison.Ordinal);

    /// <summary>Two trees: x0 at most 0.5 gives 1, else x1 at most -1 gives 2, else 4; and a tree that is one leaf, 7.</summary>
    private static TreeEnsembleParts Parts() => TreeEnsembleParts.Of(
        [
            new PlainTree
            {
                Features = [0, 1],
                Thresholds = [0.5f, -1],
                MissingLeft = [true, false],
                Left = [~0, ~1],
                Right = [1, ~2],
                Gains = [3, 1],
                Leaves = [1, 2, 4],
            },
            new PlainTree { Features = [], Thresholds = [], MissingLeft = [], Left = [], Right = [], Gains = [], Leaves = [7] },
        ],
        "by hand",
        featureCount: 2,
        baseScore: 100,
        TreeArithmetic.DoublePrecision,
        link: null);
}
