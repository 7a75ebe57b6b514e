using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// The arrival laws of all tickers of one provider, each knowing what its own past, its batch and its group say, the latter two as of now:
/// what a check of one ticker tells moves the laws of the others. Which tickers go together is found out from their past, and looked at
/// again every few weeks. Not safe for several threads at once.
/// </summary>
/// <param name="prior">What is believed of a ticker before anything is seen; its horizon is that of every law.</param>
/// <param name="parallelism">How many cores opening may use. The laws do not depend on it.</param>
public sealed partial class ProviderForecaster(ArrivalLaw prior, int parallelism)
{
    // A nowcast that moves by less is not worth planning anew: about what a check of a usual law loses by being that far off.
    private const double MinutesWorthPlanning = 3.5;
    private const double Likely = 0.5;

    // Members of a batch that land with it about as surely are asked in turn.
    private const double SharesAlike = 0.1;
    private const int MostExamples = 100_000;

    private readonly LearnedLaw _learned = new();
    private readonly Queue<LearnedExample> _examples = new();
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = parallelism };
    private readonly Dictionary<string, ArrivalSeries> _tickers = [];
    private readonly ProviderCompany _company = new(prior, new() { MaxDegreeOfParallelism = parallelism });
    private readonly Dictionary<(ArrivalSeries Series, DateOnly Date), WatchedSession> _watched = [];
    private readonly Dictionary<ArrivalSeries, List<WatchedSession>> _ended = [];
    private CompanyLooks _looks = CompanyLooks.None;

    /// <summary>
    /// Opens sessions of one session date; those that are open stay as they are. What earlier sessions have told by now is learned first.
    /// </summary>
    /// <param name="sessionDate">Their date.</param>
    /// <param name="sessions">Ticker and close of each.</param>
    public void Open(DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions)
    {
        var tickers = sessions.Select(s => (Series: Find(s.Ticker), s.Close)).ToArray();
        var commons = tickers.Select(t => t.Series.Batch?.Batch.Common).OfType<ArrivalSeries>().Distinct();
        Settle([.. tickers.Select(t => t.Series), .. commons], sessionDate);
        _looks = _looks.Opening(sessionDate);
        if (LooksByItself && _looks.IsDue)
        {
            _looks = _looks.Done();
            _company.Look(_tickers);
        }

        var batches = tickers.Where(t => t.Series.Batch is not null)
            .Select(t => (t.Series.Batch!.Batch.Common, t.Close)).DistinctBy(b => b.Common);
        Watch(sessionDate, [.. batches.Where(b => Find(b.Common, sessionDate) is null)]);
        Watch(sessionDate, [.. tickers.Where(t => Find(t.Series, sessionDate) is null)]);
    }

    /// <summary>Whether sessions are kept for <see cref="Retrain"/>, the latest 100,000; the default is not.</summary>
    public bool KeepsExamples { get; init; }

    /// <summary>Whether tickers that land as one are found. The default is that they are.</summary>
    public bool FindsBatches
    {
        init => _company.FindsBatches = value;
    }

    /// <summary>Whether tickers that are early and late together are found. The default is that they are.</summary>
    public bool FindsGroups
    {
        init => _company.FindsGroups = value;
    }

    /// <summary>Whether trees are believed as far as they foretold; else wholly. The default is as far as they foretold.</summary>
    public bool WeighsTrees
    {
        init => _learned.IsWeighed = value;
    }

    /// <summary>Fits trees to the sessions that were kept so far; they are used from the next opening on.</summary>
    /// <param name="learner">Who fits them.</param>
    /// <param name="cancellationToken">Ends the fit; the trees used so far stay.</param>
    public void Retrain(ITreeLearner learner, CancellationToken cancellationToken) =>
        _learned.Model = HazardFit.Fit([.. _examples], learner, cancellationToken);

    /// <summary>A check found nothing. What is known already changes nothing; so for <see cref="Ended"/>.</summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="sessionDate">The session date.</param>
    /// <param name="sinceClose">When the check was made.</param>
    /// <exception cref="KeyNotFoundException">The session is not open; so for every method that asks for one.</exception>
    public void NotYet(string ticker, DateOnly sessionDate, TimeSpan sinceClose)
    {
        var session = Session(ticker, sessionDate);
        if (session.Interval is not null || sinceClose < session.NotBy)
        {
            return;
        }

        if (session.Batch is { Interval: null } batch && sinceClose > batch.NotBy && BatchLaw.Together(session) >= Likely)
        {
            batch.NotYet(sinceClose);
        }

        session.NotYet(sinceClose);
    }

    /// <summary>A session has ended: it was found, or the horizon passed.</summary>
    public void Ended(string ticker, DateOnly sessionDate, ArrivalInterval interval)
    {
        var session = Session(ticker, sessionDate);
        if (session.Interval is not null)
        {
            return;
        }

        if (session.Batch is { Interval: null } batch
            && (IsLastOf(session) || (interval.By is not null && BatchLaw.Together(session) >= Likely)))
        {
            End(batch, interval.By is { } by && batch.NotBy < by ? new ArrivalInterval(batch.NotBy, by) : interval);
        }

        End(session, interval);
    }

    /// <summary>The law of an open session as known now.</summary>
    public ArrivalLaw Law(string ticker, DateOnly sessionDate) => BatchLaw.Of(Session(ticker, sessionDate));

    /// <summary>How many tickers wait for what one check of this one tells, itself included; at least 1.</summary>
    public double TickersWaiting(string ticker, DateOnly sessionDate)
    {
        var session = Session(ticker, sessionDate);
        return IsAskedForAll(session) ? 1 + Others(session).Sum(BatchLaw.Together) : 1;
    }

    /// <summary>Whether the law of a session may move by what checks of other tickers tell.</summary>
    public bool HasCompany(string ticker, DateOnly sessionDate) =>
        Session(ticker, sessionDate) is { Batch: not null } or { Shift: not null };

    /// <summary>Notes that the checks of a session are planned on what is known now.</summary>
    public void Planned(string ticker, DateOnly sessionDate)
    {
        var session = Session(ticker, sessionDate);
        session.Outlook = Outlook(session);
        session.WasAskedForAll = IsAskedForAll(session);
    }

    /// <summary>
    /// The open sessions that, by what this one's checks told since they were planned, are worth checking earlier. Those that became later
    /// need no new plan: what is known is looked at again when their check is due.
    /// </summary>
    public IReadOnlyList<string> Hastened(string ticker, DateOnly sessionDate)
    {
        var series = _tickers[ticker];
        var asked = AskedForAll(series, sessionDate);
        return [.. _company.Near(series)
            .Where(s => s != series && _watched.TryGetValue((s, sessionDate), out var other)
                && (other.Outlook - Outlook(other) >= MinutesWorthPlanning || (other == asked && !other.WasAskedForAll)))
            .Select(s => s.Name)];
    }

    // Of those that most likely land with the batch, the one that was not asked for longest, and first another one each date. So each shows
    // now and then whether it comes before the others; were it always the same, those that never come first would wait for it in vain.
    private WatchedSession? AskedForAll(ArrivalSeries series, DateOnly sessionDate)
    {
        if (series.Batch?.Batch is not { } batch || Find(batch.Common, sessionDate) is not { Interval: null })
        {
            return null;
        }

        var likely = batch.Members.Select(m => _watched.GetValueOrDefault((m, sessionDate))).OfType<WatchedSession>()
            .Where(one => BatchLaw.Together(one) >= Likely).ToArray();
        var enough = likely.Select(Share).DefaultIfEmpty().Max() - SharesAlike;
        return likely.Where(one => Share(one) >= enough).MinBy(one => (one.NotBy, one.Series.Batch!.Turn(sessionDate)));

        static double Share(WatchedSession one) => one.Series.Batch!.Share;
    }

    private bool IsAskedForAll(WatchedSession session) => AskedForAll(session.Series, session.SessionDate) == session;

    // A number of minutes that falls as the data is expected earlier because of others; found by another of the batch: at once.
    private static double Outlook(WatchedSession session) =>
        session.Batch is { Interval.By: not null } ? double.NegativeInfinity : (session.Batch?.Shift ?? session.Shift)?.Quantile(0.5) ?? 0;

    private ArrivalSeries Find(string ticker)
    {
        if (!_tickers.TryGetValue(ticker, out var series))
        {
            _tickers[ticker] = series = new ArrivalSeries(ticker, prior);
        }

        return series;
    }

    private WatchedSession Session(string ticker, DateOnly sessionDate) =>
        Find(_tickers[ticker], sessionDate) ?? throw new KeyNotFoundException($"The session of {ticker} on {sessionDate:O} is not open.");

    // Watched, or ended and not yet learned from.
    private WatchedSession? Find(ArrivalSeries series, DateOnly sessionDate) =>
        _watched.GetValueOrDefault((series, sessionDate)) ?? _ended.GetValueOrDefault(series)?.Find(s => s.SessionDate == sessionDate);

    private IEnumerable<WatchedSession> Others(WatchedSession session) =>
        session.Series.Batch!.Batch.Members.Where(m => m != session.Series)
            .Select(m => _watched.GetValueOrDefault((m, session.SessionDate))).OfType<WatchedSession>();

    private bool IsLastOf(WatchedSession session) => session.Series.Batch is null || !Others(session).Any();

    private void End(WatchedSession session, ArrivalInterval interval)
    {
        session.End(interval);
        _watched.Remove((session.Series, session.SessionDate));
        if (!_ended.TryGetValue(session.Series, out var list))
        {
            _ended[session.Series] = list = [];
        }

        list.Add(session);
    }

    private void Watch(DateOnly sessionDate, IReadOnlyList<(ArrivalSeries Series, DateTimeOffset Close)> opening)
    {
        // The nowcast of a group is shared by its members, so it is begun before they open side by side.
        var shifts = opening.Select(o => o.Series.Group?.Group.On(sessionDate, o.Close)).ToArray();
        var sessions = new WatchedSession[opening.Count];
        Parallel.For(0, sessions.Length, _parallel, i =>
        {
            var (series, close) = opening[i];
            var experts = series.Own.Forecast(sessionDate, close);
            var known = _learned.Expect(sessionDate, close, experts, series.Places);
            sessions[i] = new WatchedSession
            {
                Series = series,
                SessionDate = sessionDate,
                Close = close,
                Experts = experts,
                Known = known,
                Own = _learned.Apply(known, experts),
                Tie = series.Group,
                Distance = series.Group?.Forecast(sessionDate),
                Follows = series.Group?.Trust ?? 0,
                Shift = shifts[i],
                Batch = series.Batch is { } tie ? Find(tie.Batch.Common, sessionDate) : null,
            };
        });
        foreach (var session in sessions)
        {
            _watched[(session.Series, sessionDate)] = session;
        }
    }

    private void Learn(WatchedSession session)
    {
        var outcome = session.Outcome();
        _learned.Learn(outcome);
        if (KeepsExamples)
        {
            _examples.Enqueue(outcome);
            if (_examples.Count > MostExamples)
            {
                _examples.Dequeue();
            }
        }
    }

    private void Settle(IReadOnlyList<ArrivalSeries> series, DateOnly sessionDate)
    {
        var over = series.Where(_ended.ContainsKey)
            .Select(one => (Series: one, Sessions: _ended[one].FindAll(s => s.SessionDate < sessionDate))).ToArray();
        Parallel.ForEach(over, _parallel, one => one.Sessions.ForEach(Settlement.Learn));
        foreach (var (one, sessions) in over)
        {
            sessions.ForEach(Learn);
            _ended[one].RemoveAll(s => s.SessionDate < sessionDate);
            if (_ended[one].Count == 0)
            {
                _ended.Remove(one);
            }
        }

        foreach (var one in series)
        {
            one.Group?.Group.LearnBefore(sessionDate);
        }
    }
}
