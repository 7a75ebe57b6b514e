using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit.Abstractions;

namespace EodPredict.Tests.Forecasting.Trees;

[Collection(Alone.Name)]
public sealed class FastTreeLearnerTests(ITestOutputHelper output) : TreeLearnerContract(output)
{
    protected override void AddTreeLearner(IServiceCollection services) => services.AddTreeLearner();

    protected override float[] LibraryPredictions(TrainingRows rows, TreeLearnerOptions options, int trees, float[] features)
    {
        var model = FastTreeLearner.Train(rows, options, CancellationToken.None);
        Assert.Equal(trees, model.Trees.Count);
        var questions = new TrainingRows(rows.FeatureCount, features, new float[features.Length / rows.FeatureCount]);
        var data = new FastTreeRows(questions, options.Objective, CancellationToken.None).ToDataView(new MLContext());
        return [.. model.Transformer.Transform(data).GetColumn<float>(model.Link is null ? "Score" : "Probability")];
    }
}
