using EodPredict.Forecasting;

namespace EodPredict.Replay.Recorded;

/// <summary>What someone who polled knows of one recorded session.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of its close.</param>
/// <param name="Interval">Between which polls the data appeared, since the close.</param>
public sealed record PolledArrival(string Ticker, DateOnly SessionDate, DateTimeOffset Close, ArrivalInterval Interval);
