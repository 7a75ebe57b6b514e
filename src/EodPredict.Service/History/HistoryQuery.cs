using EodPredict.Database;
using Npgsql;

namespace EodPredict.Service.History;

/// <summary>Reads what was watched, asked and received, page by page. Safe for concurrent use.</summary>
/// <remarks>Every method throws an <see cref="NpgsqlException"/> where the database does not answer.</remarks>
internal sealed class HistoryQuery(NpgsqlDataSource database)
{
    private const string OfTicker = """
        (
            with recursive known as (
                (select dataset from eod.session order by dataset limit 1)
                union all
                select (select s.dataset from eod.session s where s.dataset > k.dataset order by s.dataset limit 1)
                from known k where k.dataset is not null
            )
            select o.* from known k
            cross join lateral (select * from eod.session o where o.dataset = k.dataset and o.ticker = $2 offset 0) o) s
        """;

    public Task<HistoryPage<SessionEntry>> SessionsAsync(HistoryFilter filter, string? state, CancellationToken cancellationToken)
    {
        // Of one ticker there are few: found by the key, and sorted then. By their number alone all would be looked through.
        var sessions = $"""
            select s.session_id, s.dataset, s.ticker, s.session_date, s.close_at, s.state, s.found_at, a.after_at, a.by_at,
                s.next_check_at, s.next_method, s.next_check_why, s.gets, s.signals
            from {(filter.Ticker is null ? "eod.session s" : OfTicker)} left join eod.arrival a using (dataset, ticker, session_date)
            where ($1::text is null or s.dataset = $1) and ($2::text is null or s.ticker = $2) and ($3::date is null or s.session_date = $3)
              and ($4::bigint is null or s.session_id < $4) and ($6::text is null or s.state = $6)
            order by s.session_id desc limit $5
            """;
        return PageAsync(Command(sessions, filter, state), filter, row => new SessionEntry(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateTimeOffset>(4),
            row.GetString(5), row.Nullable<DateTimeOffset?>(6), row.Nullable<DateTimeOffset?>(7), row.Nullable<DateTimeOffset?>(8),
            row.Nullable<DateTimeOffset?>(9), row.Nullable<string>(10), row.Nullable<string>(11), row.GetInt32(12), row.GetInt32(13)),
            entry => entry.Id, cancellationToken);
    }

    public Task<HistoryPage<ObservationEntry>> ObservationsAsync(HistoryFilter filter, CancellationToken cancellationToken)
    {
        const string Observations = """
            select observation_id, dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status, content_length,
                data_date
            from eod.observation
            where ($1::text is null or dataset = $1) and ($2::text is null or ticker = $2) and ($3::date is null or session_date = $3)
              and ($4::bigint is null or observation_id < $4)
            order by observation_id desc limit $5
            """;
        return PageAsync(Command(Observations, filter), filter, row => new ObservationEntry(
            row.GetInt64(0), row.GetString(1), row.Nullable<string>(2), row.Nullable<DateOnly?>(3), row.GetString(4), row.GetString(5),
            row.GetString(6), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), row.Nullable<int?>(9),
            row.Nullable<long?>(10), row.Nullable<DateOnly?>(11)), entry => entry.Id, cancellationToken);
    }

    /// <summary>Of one ticker: its payloads are found by its key.</summary>
    public Task<HistoryPage<PayloadEntry>> PayloadsAsync(HistoryFilter filter, CancellationToken cancellationToken)
    {
        const string Payloads = """
            select observation_id, dataset, ticker, session_date, version, received_at, length, content_type, encode(sha256, 'hex')
            from eod.payload
            where dataset = $1 and ticker = $2 and ($3::date is null or session_date = $3) and ($4::bigint is null or observation_id < $4)
            order by observation_id desc limit $5
            """;
        return PageAsync(Command(Payloads, filter), filter, row => new PayloadEntry(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetInt32(4),
            row.GetFieldValue<DateTimeOffset>(5), row.GetInt64(6), row.Nullable<string>(7), row.GetString(8)),
            entry => entry.Id, cancellationToken);
    }

    private NpgsqlCommand Command(string text, HistoryFilter filter, params ReadOnlySpan<object?> more) =>
        database.Sql(text, [filter.Dataset, filter.Ticker, filter.SessionDate, filter.Before, filter.Rows + 1, .. more]);

    private static async Task<HistoryPage<T>> PageAsync<T>(
        NpgsqlCommand command, HistoryFilter filter, Func<NpgsqlDataReader, T> row, Func<T, long> id, CancellationToken cancellationToken)
    {
        var rows = await command.ListAsync(row, cancellationToken);
        return HistoryPage<T>.Of(rows.ConvertAll(one => (id(one), one)), filter.Rows);
    }
}
