namespace EodPredict.Forecasting.Trees;

/// <summary>Something that is no tree ensemble, or a broken one. The message says what is wrong with it.</summary>
public sealed class TreeEnsembleException : Exception
{
    public TreeEnsembleException(string reason)
        : base($"Not a usable tree ensemble: {reason}.")
    {
    }

    public TreeEnsembleException(string reason, Exception cause)
        : base($"Not a usable tree ensemble: {reason}.", cause)
    {
    }
}
