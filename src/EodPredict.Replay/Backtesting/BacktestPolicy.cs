namespace EodPredict.Replay.Backtesting;

/// <summary>Who decides when to check.</summary>
public enum BacktestPolicy
{
    /// <summary>The product's best law, planned exactly.</summary>
    Learned,

    /// <summary>The expert mixture, planned exactly.</summary>
    Expert,

    /// <summary>A first GET at a quantile of the ticker's last arrivals, then at a fixed gap, both chosen on its own past.</summary>
    Quantile,

    /// <summary>A GET every 30 minutes.</summary>
    Fixed,
}
