namespace EodPredict.Replay.Recorded;

/// <summary>One recorded session of one ticker.</summary>
/// <param name="Ticker">The ticker, as the file spells it.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of the close, in UTC.</param>
/// <param name="Arrival">When the data appeared, in UTC and never before the close; null where it was never published.</param>
public sealed record RecordedSession(string Ticker, DateOnly SessionDate, DateTimeOffset Close, DateTimeOffset? Arrival)
{
    /// <summary>How long after the close the data appeared; null where it was never published.</summary>
    public TimeSpan? Delay => Arrival - Close;

    /// <summary>Minutes from close to arrival; infinite where it was never published.</summary>
    internal double ArrivalMinutes => Delay?.TotalMinutes ?? double.PositiveInfinity;
}
