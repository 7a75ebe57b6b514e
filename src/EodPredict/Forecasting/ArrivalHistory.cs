using EodPredict.Database;
using Npgsql;

namespace EodPredict.Forecasting;

/// <summary>The arrivals that are known, as intervals: the table <c>eod.arrival</c>. Safe for concurrent use.</summary>
public sealed class ArrivalHistory(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>The latest sessions of some tickers, oldest first, each ticker's before a date.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="tickers">Which tickers; one without history is missing in the result.</param>
    /// <param name="before">Sessions of this date and later are left out.</param>
    /// <param name="most">How many sessions of each ticker at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Dictionary<string, List<PastArrival>>> LoadAsync(
        string dataset, IReadOnlyCollection<string> tickers, DateOnly before, int most, CancellationToken cancellationToken)
    {
        const string Latest = """
            select wanted.ticker, latest.session_date, latest.close_at, latest.after_at, latest.by_at
            from unnest($2::text[]) as wanted(ticker)
            cross join lateral (
                select session_date, close_at, after_at, by_at from eod.arrival
                where dataset = $1 and ticker = wanted.ticker and session_date < $3
                order by session_date desc limit $4) as latest
            order by wanted.ticker, latest.session_date
            """;
        var rows = await database.Sql(Latest, dataset, tickers.ToArray(), before, most).ListAsync(
            reader => (Ticker: reader.GetString(0), Arrival: Read(reader)), cancellationToken);
        return rows.GroupBy(row => row.Ticker).ToDictionary(group => group.Key, group => group.Select(row => row.Arrival).ToList());
    }

    /// <summary>Records what checks revealed of one arrival, inside the caller's transaction. A second record changes nothing.</summary>
    public Task RecordAsync(
        NpgsqlConnection connection, string dataset, string ticker, DateOnly sessionDate, DateTimeOffset close, ArrivalInterval interval,
        CancellationToken cancellationToken) =>
        connection.Sql(
            """
            insert into eod.arrival (dataset, ticker, session_date, close_at, after_at, by_at, source, recorded_at)
            values ($1, $2, $3, $4, $5, $6, 'check', $7)
            on conflict (dataset, ticker, session_date) do nothing
            """,
            dataset, ticker, sessionDate, close, close + interval.After, interval.By is { } by ? close + by : null, time.GetUtcNow())
            .RunAsync(cancellationToken);

    private static PastArrival Read(NpgsqlDataReader reader)
    {
        var close = reader.GetFieldValue<DateTimeOffset>(2);
        var after = reader.GetFieldValue<DateTimeOffset>(3) - close;
        var by = reader.Nullable<DateTimeOffset?>(4) - close;
        return new PastArrival(reader.GetFieldValue<DateOnly>(1), close, new ArrivalInterval(after, by));
    }
}
