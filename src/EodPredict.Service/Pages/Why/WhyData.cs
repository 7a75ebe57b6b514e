using EodPredict.Availability;
using EodPredict.Database;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using Npgsql;

namespace EodPredict.Service.Pages.Why;

/// <summary>Reads and reckons what explains one session. Safe for concurrent use.</summary>
internal sealed class WhyData(
    NpgsqlDataSource database, TickerForecasts forecasts, DatasetCatalog datasets, WatchChanges watch, TimeProvider time)
{
    /// <summary>The shares of the law that a session is kept with.</summary>
    public static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    private const int PointsOfLaw = 160;
    private const int MostCompanions = 50;
    private const int MostPast = 60;

    /// <summary>Null where there is no such session.</summary>
    public async Task<WhyContent?> ReadAsync(string dataset, string ticker, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        const string Session = """
            select s.close_at, s.state, s.gets, s.found_at, s.last_not_yet_at, s.next_check_at, s.next_method, s.next_check_why,
                a.after_at, a.by_at, coalesce(s.law_minutes, '{}')
            from eod.session s left join eod.arrival a using (dataset, ticker, session_date)
            where s.dataset = $1 and s.ticker = $2 and s.session_date = $3
            """;
        var found = await database.Sql(Session, dataset, ticker, sessionDate).ListAsync(
            row => new WhyContent
            {
                Dataset = dataset,
                Ticker = ticker,
                SessionDate = sessionDate,
                Now = time.GetUtcNow(),
                CloseAt = row.GetFieldValue<DateTimeOffset>(0),
                State = row.GetString(1),
                Gets = row.GetInt32(2),
                FoundAt = row.Nullable<DateTimeOffset?>(3),
                LastNotYetAt = row.Nullable<DateTimeOffset?>(4),
                NextCheckAt = row.Nullable<DateTimeOffset?>(5),
                NextMethod = row.Nullable<string>(6),
                NextCheckWhy = row.Nullable<string>(7),
                ArrivedAfter = row.Nullable<DateTimeOffset?>(8),
                ArrivedBy = row.Nullable<DateTimeOffset?>(9),
                FirstLaw = row.GetFieldValue<double[]>(10),
                Calls = [],
                Companions = [],
                Past = [],
            },
            cancellationToken);
        if (found is not [var session])
        {
            return null;
        }

        var calls = await CallsAsync(session, cancellationToken);
        return await ForecastAsync(
            session with
            {
                Calls = calls,
                Grounds = calls.LastOrDefault(call => call.Law is not null)?.Law,
                Pause = session.IsOpen ? await PauseAsync(session, cancellationToken) : null,
                Companions = await CompanionsAsync(session, cancellationToken),
                Past = await PastAsync(session, cancellationToken),
            },
            cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(string, string, DateOnly, CancellationToken)"/>
    public async Task<WhyContent?> ReadAsync(long sessionId, CancellationToken cancellationToken)
    {
        var named = await database.Sql("select dataset, ticker, session_date from eod.session where session_id = $1", sessionId)
            .ListAsync(row => (row.GetString(0), row.GetString(1), row.GetFieldValue<DateOnly>(2)), cancellationToken);
        return named is [var (dataset, ticker, date)] ? await ReadAsync(dataset, ticker, date, cancellationToken) : null;
    }

    private async Task<WhyContent> ForecastAsync(WhyContent session, CancellationToken cancellationToken)
    {
        if (!datasets.TryGet(session.Dataset, out var dataset) || dataset.Tickers.All(ticker => ticker.Symbol != session.Ticker))
        {
            return session;
        }

        var forecast = await forecasts.ForecastAsync(
            dataset, session.Ticker, new TradingSession(session.SessionDate, session.CloseAt, false), cancellationToken);
        return session with
        {
            IsConfigured = true,
            LawNow = session.IsOpen ? Points(forecast) : [],
            Candidates = forecast.Candidates,
            SessionsKnown = forecast.SessionsKnown,
            Grounds = forecast.Grounds ?? session.Grounds,
        };
    }

    private static (double Minutes, double Probability)[] Points(TickerForecast forecast)
    {
        var (from, to) = (forecast.Law.Start, forecast.Law.Quantile(0.97 * (1 - forecast.Law.Missing)) ?? forecast.Law.Horizon);
        var step = (to - from) / PointsOfLaw;
        return [.. Enumerable.Range(0, PointsOfLaw + 1).Select(i => from + (i * step)).Select(at =>
            (at.TotalMinutes, forecast.Law.ProbabilityBy(at)))];
    }

    private async Task<IReadOnlyList<WhyCall>> CallsAsync(WhyContent session, CancellationToken cancellationToken)
    {
        var laws = await CheckLaw.OfSessionAsync(
            database, session.Dataset, session.Ticker, session.SessionDate, cancellationToken);
        return await database.Sql(
            """
            select sent_at, method, outcome, reason, status, content_length, observation_id from eod.observation
            where dataset = $1 and ticker = $2 and session_date = $3 order by sent_at limit 1000
            """, session.Dataset, session.Ticker, session.SessionDate)
            .ListAsync(
                row => new WhyCall(
                    row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Nullable<int?>(4),
                    row.Nullable<long?>(5)) { Law = laws.GetValueOrDefault(row.GetInt64(6)) },
                cancellationToken);
    }

    private async Task<WatchPause?> PauseAsync(WhyContent session, CancellationToken cancellationToken) =>
        (await watch.ListAsync(cancellationToken)).Find(pause =>
            pause.Dataset == session.Dataset && (pause.Ticker ?? session.Ticker) == session.Ticker);

    private Task<List<WhyCompanion>> CompanionsAsync(WhyContent session, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select other.ticker, other.kind, other.trust, s.state, s.last_not_yet_at, s.found_at
            from eod.companion own
            join eod.companion other using (dataset, kind, first_ticker)
            left join eod.session s on s.dataset = other.dataset and s.ticker = other.ticker and s.session_date = $3
            where own.dataset = $1 and own.ticker = $2 and other.ticker <> $2
            order by s.found_at, s.last_not_yet_at desc nulls last, other.ticker limit $4
            """, session.Dataset, session.Ticker, session.SessionDate, MostCompanions)
            .ListAsync(
                row => new WhyCompanion(
                    row.GetString(0), row.GetString(1), row.GetDouble(2), row.Nullable<string>(3), row.Nullable<DateTimeOffset?>(4),
                    row.Nullable<DateTimeOffset?>(5)),
                cancellationToken);

    private Task<List<WhyArrival>> PastAsync(WhyContent session, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select a.session_date, extract(epoch from a.after_at - a.close_at)::float8 / 60,
                extract(epoch from a.by_at - a.close_at)::float8 / 60, s.gets, s.law_minutes[3]
            from eod.arrival a left join eod.session s using (dataset, ticker, session_date)
            where a.dataset = $1 and a.ticker = $2 and a.session_date < $3 order by a.session_date desc limit $4
            """, session.Dataset, session.Ticker, session.SessionDate, MostPast)
            .ListAsync(
                row => new WhyArrival(
                    row.GetFieldValue<DateOnly>(0), row.GetDouble(1), row.Nullable<double?>(2), row.Nullable<int?>(3),
                        row.Nullable<double?>(4)),
                cancellationToken);
}
