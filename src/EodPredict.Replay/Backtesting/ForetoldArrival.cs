namespace EodPredict.Replay.Backtesting;

/// <summary>An arrival against the law of its session's opening.</summary>
/// <param name="SessionDate">The session date.</param>
/// <param name="Place">The probability that the law gave to an arrival by the recorded one, from 0 to 1.</param>
/// <param name="LogScore">-ln of the probability that the law gave to what the checks revealed.</param>
internal readonly record struct ForetoldArrival(DateOnly SessionDate, double Place, double LogScore);
