using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>A policy for each ticker that knows nothing of the others.</summary>
internal sealed class EachAlone(Func<ITickerPolicy> policy, int jobs) : IProviderPolicy
{
    private readonly Dictionary<string, ITickerPolicy> _tickers = [];
    private readonly Dictionary<int, ISessionWatch> _watches = [];

    public bool WatchesSignal => false;

    public IReadOnlyList<PlayedPlan> Open(IReadOnlyList<PlayedSession> sessions)
    {
        var policies = sessions.Select(s => Find(s.Ticker)).ToArray();
        var (watches, first) = (new ISessionWatch[sessions.Count], new PlayedPlan[sessions.Count]);
        Parallel.For(0, watches.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            watches[i] = policies[i].Open(sessions[i].SessionDate, sessions[i].Close);
            first[i] = PlayedPlan.Get(watches[i].First());
        });
        for (var i = 0; i < watches.Length; i++)
        {
            _watches[sessions[i].Index] = watches[i];
        }

        return first;
    }

    public ArrivalLaw? Law(PlayedSession session) => _watches[session.Index].Law;

    public PlayedPlan Due(PlayedSession session, PlayedPlan plan) => plan;

    public void SignalJudged(PlayedSession session, bool saidYes, bool wasThere)
    {
    }

    public PlayedPlan SignalSaidNo(PlayedSession session, TimeSpan now) => throw new NotSupportedException("These policies ask no signal.");

    public PlayedPlan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, PlayedPlan> move) =>
        PlayedPlan.Get(_watches[session.Index].AfterNotYet(now));

    public void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, PlayedPlan> move)
    {
        _watches.Remove(session.Index);
        Find(session.Ticker).Learn(new PastArrival(session.SessionDate, session.Close, interval));
    }

    private ITickerPolicy Find(string ticker)
    {
        if (!_tickers.TryGetValue(ticker, out var found))
        {
            _tickers[ticker] = found = policy();
        }

        return found;
    }
}
