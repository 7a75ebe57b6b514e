namespace EodPredict.Replay.Backtesting;

/// <summary>What came of playing all sessions.</summary>
/// <param name="Checks">Every GET, in order of session date, ticker and time.</param>
/// <param name="Foretold">The arrivals after the warm-up against their laws; empty where the policy has none.</param>
/// <param name="Signals">The session date of every signal that was asked.</param>
internal sealed record PlayedBacktest(
    IReadOnlyList<BacktestCheck> Checks, IReadOnlyList<ForetoldArrival> Foretold, IReadOnlyList<DateOnly> Signals);
