namespace EodPredict.Replay.Backtesting;

/// <summary>One recorded session: the truth that a policy is scored on.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of the close.</param>
/// <param name="Arrival">The instant of the arrival, not before the close; null where it never came.</param>
public sealed record BacktestSession(string Ticker, DateOnly SessionDate, DateTimeOffset Close, DateTimeOffset? Arrival)
{
    /// <summary>Minutes from close to arrival; infinite where it never came.</summary>
    internal double ArrivalMinutes => Arrival is { } at ? (at - Close).TotalMinutes : double.PositiveInfinity;
}
