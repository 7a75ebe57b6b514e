namespace EodPredict.Forecasting.Nowcasting;

/// <summary>How tickers go together.</summary>
internal enum CompanyKind
{
    /// <summary>They share a drop.</summary>
    Batch,

    /// <summary>They are early and late together, each at its own hour.</summary>
    Group,
}
