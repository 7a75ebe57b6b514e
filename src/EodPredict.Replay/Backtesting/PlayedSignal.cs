namespace EodPredict.Replay.Backtesting;

/// <summary>A cheap signal that the played provider has.</summary>
/// <param name="Price">What asking it costs, in the unit of the other prices.</param>
/// <param name="FalseShare">The share of its answers that are false, from 0 to below 1; which ones depends on nothing but the session.</param>
internal readonly record struct PlayedSignal(double Price, double FalseShare);
