namespace EodPredict.Forecasting.Trees;

/// <summary>How the leaves are added, so that the sum is the learner's own to the last bit.</summary>
public enum TreeArithmetic
{
    /// <summary>In single precision, and so the link.</summary>
    SinglePrecision,

    /// <summary>In double precision; the sum is rounded to single precision before the link, whose value is rounded again.</summary>
    DoublePrecision,
}
