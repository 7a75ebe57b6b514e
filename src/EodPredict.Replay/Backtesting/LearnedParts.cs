namespace EodPredict.Replay.Backtesting;

/// <summary>Parts of the learned policy that a backtest can go without, to see what each is worth.</summary>
[Flags]
public enum LearnedParts
{
    None = 0,

    /// <summary>That a find says only between which checks the data came; without it, it is taken to have come when it was found.</summary>
    Censoring = 1,

    /// <summary>Batches: one ticker is asked for all that land with it.</summary>
    Sentinel = 2,

    /// <summary>Groups: tickers that are early and late together tell of each other.</summary>
    Nowcast = 4,

    /// <summary>The trees.</summary>
    Trees = 8,

    /// <summary>That trees are believed as far as they foretold later sessions; without it, wholly.</summary>
    Calibration = 16,
}
