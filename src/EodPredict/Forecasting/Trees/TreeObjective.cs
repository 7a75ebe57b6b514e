namespace EodPredict.Forecasting.Trees;

/// <summary>What a fit minimises.</summary>
public enum TreeObjective
{
    /// <summary>Half the squared difference; labels are any finite numbers, predictions are their mean.</summary>
    SquaredError,

    /// <summary>The logistic loss; labels are from 0 to 1, both included, predictions are probabilities.</summary>
    Logistic,
}
