namespace EodPredict.XGBoost;

/// <summary>libxgboost is not there, too old, or has refused a call.</summary>
public sealed class XGBoostException : Exception
{
    internal XGBoostException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
