namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Goes through the history of a dataset date by date and forecasts every session from what came before it, as serving would have. Pure.
/// </summary>
internal static class HistoryWalk
{
    /// <summary>The sessions in order of date, those of one date in ordinal order of their tickers.</summary>
    /// <param name="history">The arrivals of each ticker, oldest first.</param>
    /// <param name="ground">What is believed of a ticker before anything is seen.</param>
    /// <param name="parallelism">How many cores are used. The outcome does not depend on it.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static IEnumerable<WalkedSession> Through(
        IReadOnlyDictionary<string, List<PastArrival>> history, ArrivalLaw ground, int parallelism, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        var tickers = history.Keys.ToDictionary(ticker => ticker, _ => (Experts: new ExpertMixture(ground), Places: new PlaceHistory()));
        var learned = new LearnedLaw();
        var dates = history.SelectMany(pair => pair.Value.Select(arrival => (Ticker: pair.Key, Arrival: arrival)))
            .GroupBy(session => session.Arrival.SessionDate).OrderBy(date => date.Key);
        foreach (var date in dates)
        {
            var sessions = date.OrderBy(session => session.Ticker, StringComparer.Ordinal).ToArray();
            var walked = new WalkedSession[sessions.Length];
            Parallel.For(0, sessions.Length, options, i =>
            {
                var (ticker, arrival) = sessions[i];
                var (experts, places) = tickers[ticker];
                var law = experts.Forecast(arrival.SessionDate, arrival.Close);
                var example = learned.Expect(arrival.SessionDate, arrival.Close, law, places).KnowingThat(law, arrival.Interval);
                places.Learn(arrival, law);
                experts.Learn(arrival, law);
                walked[i] = new WalkedSession(ticker, arrival, law, example);
            });
            foreach (var session in walked)
            {
                learned.Learn(session.Example);
                yield return session;
            }
        }
    }
}
