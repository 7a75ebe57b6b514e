namespace EodPredict.Forecasting.Trees;

/// <summary>
/// Says when more trees no longer help: <paramref name="patience"/> trees after the one with the smallest loss on the later block.
/// Every learner stops by this rule. For one thread.
/// </summary>
public sealed class EarlyStopping(int patience)
{
    private double _least = double.PositiveInfinity;
    private int _seen;

    /// <summary>The number of trees with the smallest loss so far; of equals the fewest, and 1 at least.</summary>
    public int Best { get; private set; } = 1;

    /// <summary>Takes the loss after one more tree; true says to stop.</summary>
    public bool IsDoneAfter(double loss)
    {
        _seen++;
        if (loss < _least)
        {
            _least = loss;
            Best = _seen;
        }

        return _seen - Best >= patience;
    }
}
