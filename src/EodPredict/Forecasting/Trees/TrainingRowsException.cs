namespace EodPredict.Forecasting.Trees;

/// <summary>Rows that cannot be learned from. The message says which row and why.</summary>
public sealed class TrainingRowsException : Exception
{
    internal TrainingRowsException(string reason)
        : base($"The rows cannot be learned from: {reason}.")
    {
    }

    internal TrainingRowsException(int row, string reason)
        : base($"The rows cannot be learned from: row {row} {reason}.") =>
        Row = row;

    /// <summary>The row that is at fault, from 0; null where it is not one row.</summary>
    public int? Row { get; }
}
