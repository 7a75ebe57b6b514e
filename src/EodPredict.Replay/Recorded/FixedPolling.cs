using EodPredict.Forecasting;

namespace EodPredict.Replay.Recorded;

/// <summary>Sees recorded sessions as a job that asks at a fixed interval would have seen them: intervals, never instants.</summary>
public static class FixedPolling
{
    /// <summary>
    /// Polls each session one interval after its close, two intervals after, and so on, the horizon included. A poll at the very instant
    /// of the arrival finds the data.
    /// </summary>
    /// <param name="sessions">In any order; the result keeps it.</param>
    /// <param name="interval">Between two polls; more than zero.</param>
    /// <param name="horizon">How long after the close polling ends; at least one interval.</param>
    public static IEnumerable<PolledArrival> Intervals(IEnumerable<RecordedSession> sessions, TimeSpan interval, TimeSpan horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, interval);
        return sessions.Select(session => new PolledArrival(
            session.Ticker, session.SessionDate, session.Close, Seen(session.Delay, interval, horizon)));
    }

    private static ArrivalInterval Seen(TimeSpan? delay, TimeSpan interval, TimeSpan horizon)
    {
        var lastPoll = horizon.Ticks / interval.Ticks;
        var firstPollWithData = delay is { } known ? Math.Max(1, (known.Ticks + interval.Ticks - 1) / interval.Ticks) : long.MaxValue;
        return firstPollWithData <= lastPoll
            ? new(interval * (firstPollWithData - 1), interval * firstPollWithData)
            : new(interval * lastPoll, null);
    }
}
