namespace EodPredict.Replay.Backtesting;

/// <summary>One GET that a policy made.</summary>
public readonly record struct BacktestCheck(string Ticker, DateOnly SessionDate, DateTimeOffset At, bool Found);
