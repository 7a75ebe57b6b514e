using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Tells what the service expects of a session, by the same law and planner that watch it; changes nothing. Safe for concurrent use.
/// </summary>
public sealed class TickerForecasts(NpgsqlDataSource database, ServingModel serving, TimeProvider time) : IDisposable
{
    private const int MostSessions = 250;

    private readonly ArrivalHistory _history = new(database, time);
    private readonly DatasetForecasters _forecasters = new(database, new ArrivalHistory(database, time), serving, time);
    private readonly SignalTrustStore _trusts = new(database);

    /// <summary>The forecast of one session; it need not have closed, nor have been opened.</summary>
    public async Task<TickerForecast> ForecastAsync(
        Dataset dataset, string ticker, TradingSession session, CancellationToken cancellationToken)
    {
        const string Watched = """
            select state, found_at, next_check_at, next_method, next_check_why, last_not_yet_at, coalesce(law_minutes, '{}')
            from eod.session where dataset = $1 and ticker = $2 and session_date = $3
            """;
        var watched = await database.Sql(Watched, dataset.Name, ticker, session.Date).ListAsync(
            reader => new
            {
                State = reader.GetString(0),
                FoundAt = reader.Nullable<DateTimeOffset?>(1),
                NextCheckAt = reader.Nullable<DateTimeOffset?>(2),
                NextMethod = reader.Nullable<string>(3),
                NextCheckWhy = reader.Nullable<string>(4),
                LastNotYetAt = reader.Nullable<DateTimeOffset?>(5),
                LawMinutes = reader.GetFieldValue<double[]>(6),
            },
            cancellationToken);
        var forecaster = _forecasters.Of(dataset);
        await (watched.Count == 0
            ? forecaster.OpenWithCompanyAsync(ticker, session.Date, session.Close, cancellationToken)
            : forecaster.FindAsync(ticker, session.Date, session.Close, cancellationToken));
        var known = forecaster.Plan(session.Date, [(ticker, session.Close)])[0];
        var past = await _history.LoadAsync(dataset.Name, [ticker], session.Date, MostSessions, cancellationToken);
        var forecast = new TickerForecast { Law = known.Law, SessionsKnown = past.GetValueOrDefault(ticker)?.Count ?? 0, State = null };
        var now = time.GetUtcNow();
        var trusted = await _trusts.OfAsync(dataset, cancellationToken);
        var scarcity = await BudgetScarcity.KnownAsync(database, dataset, now, cancellationToken);
        if (watched is [var row])
        {
            var isOpen = row.State == "open";
            var (asKnown, from) = isOpen ? (known, now) : (AsKept(known, row.LawMinutes, row.LastNotYetAt),
                row.LastNotYetAt ?? session.Close);
            return forecast with
            {
                State = row.State,
                FoundAt = row.FoundAt,
                NextCheckAt = row.NextCheckAt,
                NextMethod = row.NextMethod is { } method ? CheckMethods.FromSql(method) : null,
                NextCheckWhy = row.NextCheckWhy,
                Grounds = isOpen ? CheckLaw.Of(dataset, known, scarcity) : null,
                Candidates = asKnown is null ? [] : Candidates(dataset, asKnown, from, trusted, scarcity),
            };
        }

        if (now >= session.Close + dataset.Horizon)
        {
            return forecast;
        }

        var next = SessionPlanner.Next(dataset, known, now, trusted, scarcity);
        return forecast with
        {
            NextCheckAt = next.At, NextMethod = next.Method, NextCheckWhy = next.Why, Grounds = CheckLaw.Of(dataset, known, scarcity),
            Candidates = Candidates(dataset, known, now, trusted, scarcity),
        };
    }

    public void Dispose() => _forecasters.Dispose();

    private static IReadOnlyList<CheckCandidate> Candidates(
        Dataset dataset, SessionKnowledge known, DateTimeOffset from, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, double scarcity)
    {
        var (prices, limits) = SessionPlanner.Terms(dataset, known, from, trusted, scarcity);
        return CheckPlanner.Candidates(known.Law, prices, limits);
    }

    // The law of a session that is over, by the quantiles that are kept of it.
    private static SessionKnowledge? AsKept(SessionKnowledge known, double[] quantiles, DateTimeOffset? lastNotYet)
    {
        if (ArrivalLaw.FromQuantiles(SessionPlanner.ShownQuantiles, quantiles) is not { } law)
        {
            return null;
        }

        return known with { Law = lastNotYet is { } at ? law.GivenNotBy(at - known.Close) : law, TickersWaiting = 1 };
    }
}
