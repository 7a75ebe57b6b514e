using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// What a process needs that has not watched everything itself: to bring in the past of tickers, the company that was found before, and
/// sessions that others watch.
/// </summary>
public sealed partial class ProviderForecaster
{
    /// <summary>
    /// Whether it looks for company by itself when that is due. Whoever brings in the past of tickers bit by bit calls
    /// <see cref="Look"/> instead, once all are known.
    /// </summary>
    internal bool LooksByItself { get; init; } = true;

    /// <summary>The trees that move the experts' laws from the next opening on; null: none.</summary>
    internal LearnedHazard? Model
    {
        set => _learned.Model = value;
    }

    /// <summary>The earliest session date that is watched; null where none is.</summary>
    internal DateOnly? Oldest => _watched.Count == 0 ? null : _watched.Keys.Min(k => k.Date);

    /// <summary>All that is known of an open session now.</summary>
    internal SessionKnowledge Known(string ticker, DateOnly sessionDate)
    {
        var session = Session(ticker, sessionDate);
        var likely = BatchLaw.Together(session) >= Likely;
        var company = session switch
        {
            { Batch.Interval: null } when likely => CompanyToday.Awaited,
            { Batch.Interval.By: not null } when likely => CompanyToday.Landed,
            { Shift.IsTold: true } => CompanyToday.Shift,
            _ => CompanyToday.None,
        };
        return new SessionKnowledge(
            BatchLaw.Of(session), session.Close, TickersWaiting(ticker, sessionDate), company,
            company == CompanyToday.Awaited ? (session.Batch!.Series.Name, 1 + Others(session).Count()) : null)
        {
            Experts = session.Experts.GivenNotBy(session.NotBy), Own = session.Own.GivenNotBy(session.NotBy),
        };
    }

    /// <summary>The close of an open session.</summary>
    internal DateTimeOffset Close(string ticker, DateOnly sessionDate) => Session(ticker, sessionDate).Close;

    /// <summary>Whether a session is open here, or ended and not yet learned from.</summary>
    internal bool Knows(string ticker, DateOnly sessionDate) =>
        _tickers.TryGetValue(ticker, out var series) && Find(series, sessionDate) is not null;

    /// <summary>Whether a ticker's past is known.</summary>
    internal bool Knows(string ticker) => _tickers.ContainsKey(ticker);

    /// <summary>Whether a session that is not open here moves the laws of some that are.</summary>
    internal bool Misses(string ticker, DateOnly sessionDate) =>
        _tickers.TryGetValue(ticker, out var series) && Find(series, sessionDate) is null
        && _company.Near(series).Any(s => _watched.ContainsKey((s, sessionDate)));

    /// <summary>Lets go of a session of which nothing is learned.</summary>
    internal void Withdraw(string ticker, DateOnly sessionDate)
    {
        if (_tickers.TryGetValue(ticker, out var series) && _watched.Remove((series, sessionDate), out var session)
            && session.Batch is { Interval: null } batch && IsLastOf(session))
        {
            _watched.Remove((batch.Series, sessionDate));
        }
    }

    /// <summary>
    /// Whether a ticker is to be begun, or begun anew, with a past: it is unknown, or the past holds a session that it does not know and
    /// that is older than what it has learned.
    /// </summary>
    internal bool MustBegin(string ticker, IReadOnlyList<PastArrival> past) =>
        !_tickers.TryGetValue(ticker, out var series) || Unknown(series, past).Any(p => p.SessionDate < series.Through);

    /// <summary>Begins a ticker, or begins it anew, with what a series has learned.</summary>
    internal void Begin(ArrivalSeries begun)
    {
        if (!_tickers.TryAdd(begun.Name, begun))
        {
            _tickers[begun.Name].TakeOver(begun);
        }
    }

    /// <summary>Learns the later sessions of a known ticker that others have watched.</summary>
    internal void Learn(string ticker, IReadOnlyList<PastArrival> past)
    {
        var series = _tickers[ticker];
        Unknown(series, past).ToList().ForEach(series.Learn);
    }

    /// <summary>Forms the company that was found before, as far as all its tickers are known by now.</summary>
    internal void Adopt(IReadOnlyList<CompanyTie> ties) => _company.Adopt(ties, _tickers);

    /// <summary>Looks for company now, on what was told of sessions before a date.</summary>
    internal void Look(DateOnly sessionDate)
    {
        Settle([.. _ended.Keys], sessionDate);
        _company.Look(_tickers);
    }

    /// <summary>Who goes together, to be kept.</summary>
    internal IReadOnlyList<CompanyTie> Ties() => _company.Ties(_tickers);

    private IEnumerable<PastArrival> Unknown(ArrivalSeries series, IReadOnlyList<PastArrival> past) =>
        past.Where(p => !series.HasSettled(p.SessionDate) && Find(series, p.SessionDate) is null);
}
