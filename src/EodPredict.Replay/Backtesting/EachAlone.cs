using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>A policy for each ticker that knows nothing of the others.</summary>
internal sealed class EachAlone(Func<ITickerPolicy> policy, int jobs) : IProviderPolicy
{
    private readonly Dictionary<string, ITickerPolicy> _tickers = [];
    private readonly Dictionary<int, ISessionWatch> _watches = [];

    public IReadOnlyList<TimeSpan> Open(IReadOnlyList<PlayedSession> sessions)
    {
        var policies = sessions.Select(s => Find(s.Ticker)).ToArray();
        var (watches, first) = (new ISessionWatch[sessions.Count], new TimeSpan[sessions.Count]);
        Parallel.For(0, watches.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            watches[i] = policies[i].Open(sessions[i].SessionDate, sessions[i].Close);
            first[i] = watches[i].First();
        });
        for (var i = 0; i < watches.Length; i++)
        {
            _watches[sessions[i].Index] = watches[i];
        }

        return first;
    }

    public ArrivalLaw? Law(PlayedSession session) => _watches[session.Index].Law;

    public TimeSpan Due(PlayedSession session, TimeSpan now) => now;

    public TimeSpan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, TimeSpan> move) => _watches[session.Index].AfterNotYet(now);

    public void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, TimeSpan> move)
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
