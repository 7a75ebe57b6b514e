namespace EodPredict.Replay.Backtesting;

/// <summary>How far a backtest has come.</summary>
/// <param name="Played">Sessions that have ended.</param>
/// <param name="Sessions">Sessions in all.</param>
public readonly record struct BacktestProgress(int Played, int Sessions);
