using System.Collections.Concurrent;
using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>The arrival laws of open sessions, made from history when a session opens and kept while it is watched. Safe for concurrent use.</summary>
internal sealed class SessionLaws(ArrivalHistory history)
{
    // What a process that has just started learns of each ticker; from then on it learns every session as it comes.
    private const int MostSessions = 60;
    private const int WellKnown = 10;
    private const int TickersInPool = 20;

    private readonly ConcurrentDictionary<(string Dataset, string Ticker, DateOnly SessionDate), ArrivalLaw> _kept = new();
    private readonly ConcurrentDictionary<(string Dataset, string Ticker), TickerMixture> _mixtures = new();

    /// <summary>The laws of sessions, at least one, in their order.</summary>
    public async Task<IReadOnlyList<ArrivalLaw>> LoadAsync(
        Dataset dataset, IReadOnlyList<(string Ticker, DateOnly SessionDate, DateTimeOffset Close)> sessions, CancellationToken cancellationToken)
    {
        var known = await history.LoadAsync(
            dataset.Name, [.. sessions.Select(s => s.Ticker).Distinct()], sessions.Max(s => s.SessionDate), MostSessions, cancellationToken);
        var ground = Ground(dataset);
        var pool = new Lazy<ArrivalLaw>(() => Pool(known, ground));
        var laws = new ArrivalLaw[sessions.Count];
        Parallel.For(0, laws.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var (ticker, date, close) = sessions[i];
            var past = known.TryGetValue(ticker, out var arrivals) ? arrivals.FindAll(a => a.SessionDate < date) : [];
            var mixture = _mixtures.GetOrAdd((dataset.Name, ticker), _ => new TickerMixture(past.Count < WellKnown ? pool.Value : ground));
            _kept[(dataset.Name, ticker, date)] = laws[i] = mixture.Forecast(past, date, close);
        });
        return laws;
    }

    /// <summary>The law of one session; made anew where another process opened it.</summary>
    public async Task<ArrivalLaw> FindAsync(Dataset dataset, string ticker, DateOnly sessionDate, DateTimeOffset close, CancellationToken cancellationToken) =>
        _kept.TryGetValue((dataset.Name, ticker, sessionDate), out var law)
            ? law
            : (await LoadAsync(dataset, [(ticker, sessionDate, close)], cancellationToken))[0];

    /// <summary>Lets go of a session that is watched no more.</summary>
    public void Forget(string dataset, string ticker, DateOnly sessionDate) => _kept.TryRemove((dataset, ticker, sessionDate), out _);

    /// <summary>What is believed before anything was seen: what the provider documents, or nothing.</summary>
    private static ArrivalLaw Ground(Dataset dataset) =>
        dataset.PublicationDelay is { } delay ? ArrivalPrior.Documented(delay, dataset.Horizon) : ArrivalPrior.Unknown(dataset.Horizon);

    /// <summary>What a new ticker is believed to do: what the dataset's well-known ones do.</summary>
    private static ArrivalLaw Pool(Dictionary<string, List<PastArrival>> known, ArrivalLaw ground) =>
        ArrivalPrior.Pool(
            [.. known.Values.Where(past => past.Count >= WellKnown).Take(TickersInPool)
                .Select(past => ExpertMixture.Forecast(past, past[^1].SessionDate.AddDays(1), past[^1].Close.AddDays(1), ground))],
            ground);
}
