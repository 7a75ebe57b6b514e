namespace EodPredict.Replay.Backtesting;

/// <summary>What came of playing all sessions.</summary>
/// <param name="Checks">Every check, in order of session date, ticker and time.</param>
/// <param name="Foretold">The arrivals after the warm-up against their laws; empty where the policy has none.</param>
internal sealed record PlayedBacktest(IReadOnlyList<BacktestCheck> Checks, IReadOnlyList<ForetoldArrival> Foretold);
