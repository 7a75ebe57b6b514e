using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>Decides the checks of all tickers of a provider, from what its own checks revealed. All times are since the session's close.</summary>
internal interface IProviderPolicy
{
    /// <summary>Whether it asks the signal beside a GET, to learn how far to trust it.</summary>
    bool WatchesSignal { get; }

    /// <summary>Sessions open, their closes being one instant.</summary>
    /// <returns>The first check of each, in their order.</returns>
    IReadOnlyList<PlayedPlan> Open(IReadOnlyList<PlayedSession> sessions);

    /// <summary>What is believed of an open session now; null where the policy has no law.</summary>
    ArrivalLaw? Law(PlayedSession session);

    /// <summary>A planned check is due.</summary>
    /// <param name="session">The session.</param>
    /// <param name="plan">The check.</param>
    /// <returns>The check to make: at once, or later.</returns>
    PlayedPlan Due(PlayedSession session, PlayedPlan plan);

    /// <summary>A signal was answered together with a GET.</summary>
    /// <param name="session">The session.</param>
    /// <param name="saidYes">Whether it said that the data is there.</param>
    /// <param name="wasThere">Whether it was.</param>
    void SignalJudged(PlayedSession session, bool saidYes, bool wasThere);

    /// <summary>The signal said no, and no GET was made.</summary>
    /// <returns>The next check: later than now, at the latest at the horizon.</returns>
    PlayedPlan SignalSaidNo(PlayedSession session, TimeSpan now);

    /// <summary>A GET found nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">When it was checked.</param>
    /// <param name="move">Called for every other session whose next check is moved by it, with that check.</param>
    /// <returns>The next check: later than now, at the latest at the horizon.</returns>
    PlayedPlan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, PlayedPlan> move);

    /// <summary>A session has ended: it was found, or the horizon passed. Also called for sessions that fixed polling watched.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="interval">What the GETs told of the arrival.</param>
    /// <param name="move">Called for every other session whose next check is moved by it, with that check.</param>
    void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, PlayedPlan> move);
}
