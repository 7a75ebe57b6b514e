using EodPredict.Forecasting.Trees;

namespace EodPredict.XGBoost;

/// <summary>Fits trees with libxgboost's histogram method, on one thread.</summary>
internal sealed class XGBoostLearner : ITreeLearner
{
    public string Name => $"XGBoost {XGBoostLibrary.Version}";

    public TreeEnsemble Fit(TrainingRows rows, TreeLearnerOptions options, CancellationToken cancellationToken)
    {
        using var booster = Train(rows, options, out var trees, cancellationToken);
        return BoosterModel.Read(booster.Save(), trees, Name);
    }

    /// <summary>The model of the library, and how many of its trees are the best.</summary>
    internal static Booster Train(TrainingRows rows, TreeLearnerOptions options, out int trees, CancellationToken cancellationToken)
    {
        options.Check();
        rows.CheckFor(options.Objective);
        cancellationToken.ThrowIfCancellationRequested();
        _ = XGBoostLibrary.Version;

        using var matrix = Matrix.Of(rows);
        using var later = rows.Later is null ? null : Matrix.Of(rows.Later);
        var booster = new Booster(later is null ? [matrix] : [matrix, later], XGBoostParameters.Of(options, rows));
        try
        {
            trees = Grow(booster, matrix, later, rows.Later, options, cancellationToken);
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    private static int Grow(
        Booster booster, Matrix matrix, Matrix? later, TrainingRows? laterRows, TreeLearnerOptions options, CancellationToken cancellationToken)
    {
        var stopping = new EarlyStopping(options.Patience);
        for (var tree = 0; tree < options.Trees; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            booster.Grow(tree, matrix);
            if (later is not null && stopping.IsDoneAfter(TrainingLoss.Mean(options.Objective, laterRows!, booster.Scores(later))))
                break;
        }

        return later is null ? options.Trees : stopping.Best;
    }
}
