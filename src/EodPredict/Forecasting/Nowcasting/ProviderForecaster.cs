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
public sealed class ProviderForecaster(ArrivalLaw prior, int parallelism)
{

    // A nowcast that moves by less is not worth planning anew: about what a check of a usual law loses by being that far off.
    private const double MinutesWorthPlanning = 3.5;
    private const int FirstLook = 30;
    private const int BetweenEarlyLooks = 15;
    private const int BetweenLooks = 30;
    private const int EarlyLooksUntil = 60;

    // A ticker that lands with its batch in fewer of its sessions leaves it.
    private const double LeastShareOfBatch = 0.3;
    private const double Likely = 0.5;

    private readonly LearnedLaw _learned = new();
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = parallelism };
    private readonly Dictionary<string, ArrivalSeries> _tickers = [];
    private readonly List<ArrivalBatch> _batches = [];
    private readonly Dictionary<(ArrivalSeries Series, DateOnly Date), WatchedSession> _watched = [];
    private readonly Dictionary<ArrivalSeries, List<WatchedSession>> _ended = [];
    private DateOnly _latest;
    private int _dates;
    private int _nextLook = FirstLook;

    /// <summary>Opens sessions of one session date. What earlier sessions have told by now is learned first.</summary>
    /// <param name="sessionDate">Their date; not before that of an earlier call.</param>
    /// <param name="sessions">Ticker and close of each.</param>
    public void Open(DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions)
    {
        var tickers = sessions.Select(s => (Series: Find(s.Ticker), s.Close)).ToArray();
        var commons = tickers.Select(t => t.Series.Batch?.Batch.Common).OfType<ArrivalSeries>().Distinct();
        Settle([.. tickers.Select(t => t.Series), .. commons], sessionDate);
        if (sessionDate > _latest)
        {
            _latest = sessionDate;
            _dates++;
        }

        if (_dates > _nextLook)
        {
            _nextLook += _nextLook < EarlyLooksUntil ? BetweenEarlyLooks : BetweenLooks;
            LookForCompany();
        }

        var batches = tickers.Where(t => t.Series.Batch is not null)
            .Select(t => (t.Series.Batch!.Batch.Common, t.Close)).DistinctBy(b => b.Common);
        Watch(sessionDate, [.. batches.Where(b => !_watched.ContainsKey((b.Common, sessionDate)))]);
        Watch(sessionDate, tickers);
    }

    /// <summary>Fits trees to what was seen so far; they are used from the next opening on.</summary>
    /// <param name="learner">Who fits them.</param>
    /// <param name="cancellationToken">Ends the fit; the trees used so far stay.</param>
    public void Retrain(ITreeLearner learner, CancellationToken cancellationToken) =>
        _learned.Model = HazardFit.Fit([.. _learned.Examples], _learned.Model, learner, cancellationToken);

    /// <summary>A check found nothing.</summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="sessionDate">The session date.</param>
    /// <param name="sinceClose">When the check was made.</param>
    /// <exception cref="KeyNotFoundException">The session is not open; so for every method that asks for one.</exception>
    public void NotYet(string ticker, DateOnly sessionDate, TimeSpan sinceClose)
    {
        var session = Session(ticker, sessionDate);
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
        return session.Batch is { Interval: null } && BatchLaw.Together(session) >= Likely
            ? 1 + Others(session).Sum(BatchLaw.Together)
            : 1;
    }

    /// <summary>Whether the law of a session may move by what checks of other tickers tell.</summary>
    public bool HasCompany(string ticker, DateOnly sessionDate) =>
        Session(ticker, sessionDate) is { Batch: not null } or { Shift: not null };

    /// <summary>Notes that the checks of a session are planned on what is known now.</summary>
    public void Planned(string ticker, DateOnly sessionDate)
    {
        var session = Session(ticker, sessionDate);
        session.Outlook = Outlook(session);
    }

    /// <summary>
    /// The open sessions that, by what this one's checks told since they were planned, are worth checking earlier. Those that became later
    /// need no new plan: what is known is looked at again when their check is due.
    /// </summary>
    public IReadOnlyList<string> Hastened(string ticker, DateOnly sessionDate)
    {
        var series = _tickers[ticker];
        var near = new List<ArrivalSeries>(series.Batch?.Batch.Members ?? []);
        foreach (var member in (series.Group ?? series.Batch?.Batch.Common.Group)?.Group.Members ?? [])
        {
            near.AddRange(_batches.Find(b => b.Common == member)?.Members ?? [member]);
        }

        return [.. near.Distinct()
            .Where(s => s != series && _watched.TryGetValue((s, sessionDate), out var other)
                && other.Outlook - Outlook(other) >= MinutesWorthPlanning)
            .Select(s => s.Name)];
    }

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

    private WatchedSession Session(string ticker, DateOnly sessionDate) => _watched[(_tickers[ticker], sessionDate)];

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
                Batch = series.Batch is { } tie ? _watched.GetValueOrDefault((tie.Batch.Common, sessionDate)) : null,
            };
        });
        foreach (var session in sessions)
        {
            _watched[(session.Series, sessionDate)] = session;
        }
    }

    private void Settle(IReadOnlyList<ArrivalSeries> series, DateOnly sessionDate)
    {
        Parallel.ForEach(series.Where(_ended.ContainsKey), _parallel, one => _ended[one].ForEach(Settlement.Learn));
        foreach (var one in series)
        {
            _ended.GetValueOrDefault(one)?.ForEach(session => _learned.Learn(session.Outcome()));
            _ended.Remove(one);
            one.Group?.Group.LearnBefore(sessionDate);
        }
    }

    private static IReadOnlyList<ArrivalSeries> StillIn(ArrivalBatch batch) =>
        [.. batch.Members.Where(m => m.Batch!.Share >= LeastShareOfBatch && BatchFinder.Fits(m.Past, batch.Common.Past))];

    private void LookForCompany()
    {
        var kept = _batches.ConvertAll(b => (Members: StillIn(b), b.Common.Past)).FindAll(k => k.Members.Count > 1);
        var inBatches = kept.SelectMany(k => k.Members).ToHashSet();
        var batches = BatchFinder.Find(kept, _tickers.Values.Where(t => !inBatches.Contains(t)));
        foreach (var gone in _batches.FindAll(b => !batches.Exists(f => f.SequenceEqual(b.Members))))
        {
            _batches.Remove(gone);
            foreach (var member in gone.Members)
            {
                member.Batch = null;
            }
        }

        foreach (var members in batches.Where(f => f[0].Batch is null))
        {
            var batch = GroupForming.Batch(members, prior);
            _batches.Add(batch);
            foreach (var member in members)
            {
                member.Batch = new BatchTie(batch);
            }
        }

        var groups = GroupFinder.Find(_tickers.Values.Where(t => t.Batch is null).Concat(_batches.Select(b => b.Common)));
        foreach (var series in _tickers.Values.Concat(_batches.Select(b => b.Common)))
        {
            if (series.Group is { } tie && (series.Batch is not null || !groups.Exists(g => g.SequenceEqual(tie.Group.Members))))
            {
                series.Group = null;
            }
        }

        foreach (var members in groups.Where(g => g[0].Group is null))
        {
            GroupForming.Group(members, prior, _parallel);
        }
    }
}
