using EodPredict.Forecasting;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>
/// The forecaster of one dataset in this process, and how what the database knows reaches it: the past of a ticker, and of those it goes
/// with, when it is first asked for; then what every check tells, whichever process made it. Its lock is held only while it computes.
/// Safe for concurrent use.
/// </summary>
internal sealed class DatasetForecaster(
    Dataset dataset,
    ArrivalHistory history,
    CompanyStore companies,
    SessionResults results,
    ServingModel serving,
    TimeProvider time) : IDisposable
{
    // What a process that has just started learns of each ticker; from then on it learns every session as it comes.
    private const int MostSessions = 60;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ArrivalLaw _ground = ArrivalPrior.Of(dataset);
    private readonly ProviderForecaster _forecaster = new(ArrivalPrior.Of(dataset), Environment.ProcessorCount)
    {
        LooksByItself = false,
    };
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _loading = new(1);
    private CompanyMap _company = CompanyMap.None;
    private long _version = -1;
    private string? _mark;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    /// <summary>Cuts sessions that are to be opened into parts; those that tell of each other stay together.</summary>
    public async Task<IEnumerable<IReadOnlyList<T>>> PartsAsync<T>(
        IReadOnlyList<T> sessions, Func<T, string> ticker, int atLeast, CancellationToken cancellationToken)
    {
        await CatchUpAsync(true, cancellationToken);
        return _company.Parts(sessions, ticker, atLeast);
    }

    /// <summary>Opens sessions of one date, and learns what has become known of their tickers since.</summary>
    public async Task OpenAsync(
        DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(true, cancellationToken);
            await LoadAsync(sessionDate, sessions, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>
    /// Makes sure that a session is open here, with what was told of it and of those it goes with, and brings in what other processes'
    /// checks have told since.
    /// </summary>
    public async Task FindAsync(string ticker, DateOnly sessionDate, DateTimeOffset close, CancellationToken cancellationToken)
    {
        if (!Knows(ticker, sessionDate))
        {
            await _loading.WaitAsync(cancellationToken);
            try
            {
                await CatchUpAsync(true, cancellationToken);
                if (!Knows(ticker, sessionDate))
                {
                    await LoadAsync(sessionDate, [(ticker, close)], cancellationToken);
                }
            }
            finally
            {
                _loading.Release();
            }
        }

        await CatchUpAsync(false, cancellationToken);
    }

    /// <summary>Opens a session that is still to come, and those of the tickers it goes with as if they closed with it.</summary>
    public async Task OpenWithCompanyAsync(string ticker, DateOnly sessionDate, DateTimeOffset close, CancellationToken cancellationToken)
    {
        await CatchUpAsync(true, cancellationToken);
        await OpenAsync(sessionDate, [.. _company.With([ticker]).Select(near => (near, close))], cancellationToken);
    }

    /// <summary>Brings in what checks have told since the last look, of other processes and of this one.</summary>
    /// <param name="now">Whether to look although it was looked a moment ago.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task CatchUpAsync(bool now, CancellationToken cancellationToken)
    {
        string? mark;
        DateOnly? oldest;
        lock (_lock)
        {
            var since = time.GetUtcNow() - _lookedAt;
            if (!now && since < BetweenLooks && since >= TimeSpan.Zero)
            {
                return;
            }

            (_lookedAt, mark, oldest) = (time.GetUtcNow(), _mark, _forecaster.Oldest);
        }

        var (next, version) = await results.MarkAsync(dataset.Name, cancellationToken);
        var ties = version == _version ? null : await companies.LoadAsync(dataset.Name, cancellationToken);
        var told = mark is null || oldest is not { } date ? [] : await results.SinceAsync(dataset.Name, date, mark, cancellationToken);
        lock (_lock)
        {
            if (ties is not null && version > _version)
            {
                _company = new CompanyMap(ties);
                _version = version;
                _forecaster.Adopt(ties);
            }

            _mark = next;
            SessionNews.Open(_forecaster, told.Where(r => _forecaster.Misses(r.Ticker, r.SessionDate)));
            SessionNews.Tell(_forecaster, told);
        }
    }

    /// <summary>All that is known of open sessions now, for planning their checks on it.</summary>
    public IReadOnlyList<SessionKnowledge> Plan(DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions)
    {
        var known = new SessionKnowledge[sessions.Count];
        lock (_lock)
        {
            // One that another process has ended may have been learned from and let go of meanwhile.
            _forecaster.Open(sessionDate, [.. sessions.Where(s => !_forecaster.Knows(s.Ticker, sessionDate))]);
            Parallel.For(0, known.Length, i =>
            {
                known[i] = _forecaster.Known(sessions[i].Ticker, sessionDate);
                _forecaster.Planned(sessions[i].Ticker, sessionDate);
            });
        }

        return known;
    }

    /// <summary>Whether the law of a session may move by what checks of other tickers tell.</summary>
    public bool HasCompany(string ticker, DateOnly sessionDate)
    {
        lock (_lock)
        {
            return _forecaster.Knows(ticker, sessionDate) && _forecaster.HasCompany(ticker, sessionDate);
        }
    }

    /// <summary>Tells what the check of a session that is open here revealed.</summary>
    public void Tell(SessionResult result)
    {
        lock (_lock)
        {
            SessionNews.Tell(_forecaster, [result]);
        }
    }

    /// <summary>
    /// The sessions that are worth planning anew since a check of this one, each told of once; their plans are taken to be made on what is
    /// known now.
    /// </summary>
    public IReadOnlyList<(string Ticker, DateTimeOffset Close)> TakeHastened(string ticker, DateOnly sessionDate)
    {
        lock (_lock)
        {
            var hastened = _forecaster.Hastened(ticker, sessionDate);
            foreach (var other in hastened)
            {
                _forecaster.Planned(other, sessionDate);
            }

            return [.. hastened.Select(other => (other, _forecaster.Close(other, sessionDate)))];
        }
    }

    /// <summary>
    /// Looks which tickers go together, when sessions of a date open and it is time to; only a process that knows all tickers can, and one
    /// process does it for all.
    /// </summary>
    public async Task LookForCompanyAsync(DateOnly sessionDate, CancellationToken cancellationToken)
    {
        var looks = await companies.OpeningAsync(dataset.Name, sessionDate, cancellationToken);
        IReadOnlyList<CompanyTie> ties;
        lock (_lock)
        {
            if (!looks.IsDue || dataset.Tickers.Any(t => !_forecaster.Knows(t.Symbol)))
            {
                return;
            }

            _forecaster.Look(sessionDate);
            ties = _forecaster.Ties();
        }

        // Where another process has looked meanwhile, this one takes over what that one found.
        await companies.SaveAsync(dataset.Name, looks, ties, cancellationToken);
        await CatchUpAsync(true, cancellationToken);
    }

    /// <summary>Keeps how far the company of each ticker is trusted by now, for the processes to come.</summary>
    public Task SaveTrustAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CompanyTie> ties;
        lock (_lock)
        {
            ties = _forecaster.Ties();
        }

        return companies.SaveTrustAsync(dataset.Name, ties, cancellationToken);
    }

    public void Dispose() => _loading.Dispose();

    private bool Knows(string ticker, DateOnly sessionDate)
    {
        lock (_lock)
        {
            return _forecaster.Knows(ticker, sessionDate);
        }
    }

    private async Task LoadAsync(
        DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions, CancellationToken cancellationToken)
    {
        var near = _company.With(sessions.Select(s => s.Ticker));
        var opening = sessions.Select(s => s.Ticker).ToHashSet();
        string[] wanted;
        string? mark;
        lock (_lock)
        {
            mark = _mark;
            wanted = [.. near.Where(t => opening.Contains(t) || !_forecaster.Knows(t))];
        }

        var known = await history.LoadAsync(dataset.Name, wanted, sessionDate, MostSessions, cancellationToken);
        var told = await results.OfAsync(dataset.Name, sessionDate, near, cancellationToken);
        var pasts = wanted.Select(t => (Ticker: t, Past: known.GetValueOrDefault(t) ?? [])).ToArray();
        var begun = Begin(pasts, cancellationToken);
        lock (_lock)
        {
            foreach (var series in begun)
            {
                _forecaster.Begin(series);
            }

            foreach (var (ticker, past) in pasts)
            {
                _forecaster.Learn(ticker, past);
            }

            if (begun.Length > 0)
            {
                _forecaster.Adopt(_company.Ties);
            }

            _forecaster.Model = serving.Of(dataset.Name);
            SessionNews.Open(_forecaster, told);
            _forecaster.Open(sessionDate, sessions);
            SessionNews.Tell(_forecaster, told);

            // Whoever caught up meanwhile passed over what concerned these sessions: they are read once more.
            _mark = mark;
        }
    }

    // Learning a whole past takes a while, so it is done beside the forecaster.
    private ArrivalSeries[] Begin((string Ticker, List<PastArrival> Past)[] pasts, CancellationToken cancellationToken)
    {
        (string Ticker, List<PastArrival> Past)[] anew;
        lock (_lock)
        {
            anew = [.. pasts.Where(p => _forecaster.MustBegin(p.Ticker, p.Past))];
        }

        var pool = new Lazy<ArrivalLaw>(() => TickerPriors.Pool(pasts.Select(p => p.Past), _ground));
        var begun = new ArrivalSeries[anew.Length];
        Parallel.For(0, begun.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            begun[i] = ArrivalSeries.Learned(anew[i].Ticker, TickerPriors.Of(anew[i].Past.Count, _ground, pool), anew[i].Past));
        return begun;
    }
}
