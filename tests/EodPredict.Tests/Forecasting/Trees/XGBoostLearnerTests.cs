using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EodPredict.Tests.Forecasting.Trees;

[Collection(Alone.Name)]
public sealed class XGBoostLearnerTests(ITestOutputHelper output) : TreeLearnerContract(output)
{
    protected override void AddTreeLearner(IServiceCollection services) => services.AddTreeLearner();

    protected override float[] LibraryPredictions(TrainingRows rows, TreeLearnerOptions options, int trees, float[] features)
    {
        using var booster = XGBoostLearner.Train(rows, options, out _, CancellationToken.None);
        using var matrix = Matrix.Of(features, rows.FeatureCount);
        return booster.Predictions(matrix, trees);
    }

    [Fact]
    public void A_missing_library_is_an_error_that_names_the_package()
    {
        var missing = Assert.Throws<XGBoostException>(() => XGBoostLibrary.Load(["libxgboost-that-is-not-there.so"]));
        Assert.Contains("apt-get install -y --no-install-recommends libxgboost0", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_refuses_is_an_error_with_its_reason()
    {
        using var matrix = Matrix.Of(TreeRows.Of(TreeObjective.SquaredError, 30, seed: 1));
        using var booster = new Booster([matrix], new Dictionary<string, string> { ["objective"] = "reg:nonsense" });
        Assert.Contains("nonsense", Assert.Throws<XGBoostException>(() => booster.Grow(0, matrix)).Message, StringComparison.Ordinal);
    }
}
