namespace EodPredict.Forecasting.Trees;

/// <summary>
/// Fits gradient-boosted trees to rows. What comes out predicts the same as the learner's own model, without the learner.
/// </summary>
/// <remarks>
/// The same rows and options give the same ensemble. NaN is a missing feature. Where no split is possible, the ensemble predicts the
/// weighted mean of the labels. All members are safe for concurrent use; a fit takes the calling thread until it ends.
/// </remarks>
public interface ITreeLearner
{
    /// <summary>The learner's name and version, such as <c>XGBoost 1.7.4</c>.</summary>
    string Name { get; }

    /// <summary>The ensemble fitted to <paramref name="rows"/>, with early stopping where they have a later block.</summary>
    /// <exception cref="TrainingRowsException">A label does not fit the objective.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled: it ends within a tree or two.</exception>
    TreeEnsemble Fit(TrainingRows rows, TreeLearnerOptions options, CancellationToken cancellationToken);
}
