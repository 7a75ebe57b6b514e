namespace EodPredict.Replay.Backtesting;

/// <summary>Minutes from arrival to find.</summary>
public sealed record DelayMinutes(double Mean, double P50, double P95);
