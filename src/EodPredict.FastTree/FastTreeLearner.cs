using System.Reflection;
using EodPredict.Forecasting.Trees;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace EodPredict.FastTree;

/// <summary>Fits trees with ML.NET's FastTree, on one thread.</summary>
internal sealed class FastTreeLearner : ITreeLearner
{
    private static readonly string Version = typeof(FastTreeRegressionTrainer).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public string Name => $"FastTree {Version}";

    public TreeEnsemble Fit(TrainingRows rows, TreeLearnerOptions options, CancellationToken cancellationToken)
    {
        var model = Train(rows, options, cancellationToken);
        // Without a split FastTree keeps no trees, and would predict 0 whatever the labels are.
        if (model.Trees.All(tree => tree.Features.Count == 0))
            return TreeEnsemble.Constant(rows, options.Objective, Name);

        var all = model.ToEnsemble(model.Trees.Count, rows.FeatureCount, Name);
        var best = rows.Later is null ? all.TreeCount : BestCount(all, rows.Later, options, cancellationToken);
        return best == all.TreeCount ? all : model.ToEnsemble(best, rows.FeatureCount, Name);
    }

    /// <summary>The model of the library with every tree.</summary>
    internal static FastTreeModel Train(TrainingRows rows, TreeLearnerOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        rows.CheckFor(options.Objective);
        cancellationToken.ThrowIfCancellationRequested();

        var context = new MLContext(seed: 0);
        using var registration = cancellationToken.Register(() => ContextCancellation.Cancel(context));
        try
        {
            var data = new FastTreeRows(rows, options.Objective, cancellationToken).ToDataView(context);
            return OnThePool(() => options.Objective == TreeObjective.Logistic
                ? Logistic(context, data, options) : SquaredError(context, data, options));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The fit was cancelled.", cancellationToken);
        }
    }

    // With one thread FastTree runs each step as a task of the pool and waits for it. A thread of the pool runs them itself, any other
    // would wait for the pool to wake up at each step.
    private static FastTreeModel OnThePool(Func<FastTreeModel> fit) => Task.Run(fit).GetAwaiter().GetResult();

    private static FastTreeModel Logistic(MLContext context, IDataView data, TreeLearnerOptions options)
    {
        var trainer = context.BinaryClassification.Trainers.FastTree(
            Configure(new FastTreeBinaryTrainer.Options { LabelColumnName = nameof(FastTreeRow.IsPositive) }, options));
        var transformer = trainer.Fit(data);
        var calibrator = transformer.Model.Calibrator;
        return new FastTreeModel(
            [.. transformer.Model.SubModel.TrainedTreeEnsemble.Trees.Select(FastTreeModel.Plain)],
            new SigmoidLink(calibrator.Slope, calibrator.Offset),
            transformer);
    }

    private static FastTreeModel SquaredError(MLContext context, IDataView data, TreeLearnerOptions options)
    {
        var trainer = context.Regression.Trainers.FastTree(Configure(new FastTreeRegressionTrainer.Options(), options));
        var transformer = trainer.Fit(data);
        return new FastTreeModel(
            [.. transformer.Model.TrainedTreeEnsemble.Trees.Select(FastTreeModel.Plain)], Link: null, transformer);
    }

    private static T Configure<T>(T trainer, TreeLearnerOptions options)
        where T : BoostedTreeOptions
    {
        trainer.ExampleWeightColumnName = nameof(FastTreeRow.Weight);
        trainer.NumberOfThreads = 1;
        trainer.NumberOfTrees = options.Trees;
        trainer.NumberOfLeaves = options.LeavesPerTree;
        trainer.LearningRate = options.LearningRate;
        trainer.MinimumExampleCountPerLeaf = options.RowsPerLeaf;
        trainer.MaximumBinCountPerFeature = options.Bins;
        return trainer;
    }

    // FastTree's own rules differ from ours, and its measure leaves the weights out, so the trees are counted here once they are grown.
    private static int BestCount(TreeEnsemble all, TrainingRows later, TreeLearnerOptions options, CancellationToken cancellationToken)
    {
        var stopping = new EarlyStopping(options.Patience);
        var scores = new double[later.Count];
        var scale = all.Parts.Link is { } link ? -link.Slope : 1;
        for (var tree = 0; tree < all.TreeCount; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var row = 0; row < scores.Length; row++)
                scores[row] += scale * all.Leaf(tree, later.Row(row));
            if (stopping.IsDoneAfter(TrainingLoss.Mean(options.Objective, later, scores)))
                break;
        }

        return stopping.Best;
    }
}
