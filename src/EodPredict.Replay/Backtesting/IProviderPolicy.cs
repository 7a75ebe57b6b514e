using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>Decides the checks of all tickers of a provider, from what its own checks revealed. All times are since the session's close.</summary>
internal interface IProviderPolicy
{
    /// <summary>Sessions open, their closes being one instant.</summary>
    /// <returns>When each is checked first, in their order.</returns>
    IReadOnlyList<TimeSpan> Open(IReadOnlyList<PlayedSession> sessions);

    /// <summary>What is believed of an open session now; null where the policy has no law.</summary>
    ArrivalLaw? Law(PlayedSession session);

    /// <summary>A planned check is due.</summary>
    /// <returns>When to make it: now, or later.</returns>
    TimeSpan Due(PlayedSession session, TimeSpan now);

    /// <summary>A check found nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">When it was checked.</param>
    /// <param name="move">Called for every other session whose next check is moved by it, with its new time.</param>
    /// <returns>When to check next: later than now, at the latest at the horizon.</returns>
    TimeSpan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, TimeSpan> move);

    /// <summary>A session has ended: it was found, or the horizon passed. Also called for sessions that fixed polling watched.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="interval">What is known of the arrival.</param>
    /// <param name="move">Called for every other session whose next check is moved by it, with its new time.</param>
    void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, TimeSpan> move);
}
