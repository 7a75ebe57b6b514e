using EodPredict.Database;
using EodPredict.Forecasting;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>Reads what checks have told, of this process and of others. Safe for concurrent use.</summary>
internal sealed class SessionResults(NpgsqlDataSource database)
{
    private const string Columns = """
        s.ticker, s.session_date, s.close_at, s.state, s.last_not_yet_at, a.after_at, a.by_at
        from eod.session as s left join eod.arrival as a on s.state <> 'open'
          and (a.dataset, a.ticker, a.session_date) = (s.dataset, s.ticker, s.session_date)
        """;

    /// <summary>The sessions of some tickers on one session date, as far as they were opened.</summary>
    public Task<List<SessionResult>> OfAsync(
        string dataset, DateOnly sessionDate, IReadOnlyCollection<string> tickers, CancellationToken cancellationToken) =>
        database.Sql(
            $"select {Columns} where s.dataset = $1 and s.session_date = $2 and s.ticker = any($3)", dataset, sessionDate, tickers.ToArray())
            .ListAsync(Read, cancellationToken);

    /// <summary>
    /// Where reading goes on: whatever is told later is told in this transaction or a later one. And how often it was looked for company.
    /// </summary>
    public async Task<(string Mark, long Version)> MarkAsync(string dataset, CancellationToken cancellationToken)
    {
        const string Mark = """
            select pg_snapshot_xmin(pg_current_snapshot())::text, coalesce((select version from eod.companion_look where dataset = $1), 0)
            """;
        var rows = await database.Sql(Mark, dataset).ListAsync(reader => (reader.GetString(0), reader.GetInt64(1)), cancellationToken);
        return rows[0];
    }

    /// <summary>
    /// The sessions since a session date of which something was told since a mark; some that were told before may be among them.
    /// </summary>
    public Task<List<SessionResult>> SinceAsync(string dataset, DateOnly sessionDate, string mark, CancellationToken cancellationToken) =>
        database.Sql(
            $"select {Columns} where s.dataset = $1 and s.session_date >= $2 and s.told_in >= $3::text::xid8", dataset, sessionDate, mark)
            .ListAsync(Read, cancellationToken);

    private static SessionResult Read(NpgsqlDataReader reader)
    {
        var close = reader.GetFieldValue<DateTimeOffset>(2);
        return new SessionResult
        {
            Ticker = reader.GetString(0),
            SessionDate = reader.GetFieldValue<DateOnly>(1),
            Close = close,
            State = reader.GetString(3),
            LastNotYetAt = reader.Nullable<DateTimeOffset?>(4),
            Arrival = reader.Nullable<DateTimeOffset?>(5) is { } after
                ? new ArrivalInterval(after - close, reader.Nullable<DateTimeOffset?>(6) - close)
                : null,
        };
    }
}
