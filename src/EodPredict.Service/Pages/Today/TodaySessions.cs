using EodPredict.Database;
using Npgsql;

namespace EodPredict.Service.Pages.Today;

/// <summary>
/// Reads today's sessions: of each ticker its newest, and all that are still open. Late ones come first, then open ones by their next
/// check, then those that are over, the newest first. Safe for concurrent use.
/// </summary>
internal sealed class TodaySessions(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>How many shares of the law a session is kept with.</summary>
    public const int Quantiles = 5;

    private const string LateFirst = "late > 0 desc, open > 0 desc, next_check_at, close_at desc, dataset, fold, session_date";
    private const string NewestFirst = "session_id desc";

    // Of each dataset the newest date, found by its index: "offset 0" keeps PostgreSQL from looking at years of sessions instead. What is not
    // needed to sort and fold is read of those alone that are shown.
    private const string Today = """
        with recursive dataset as (
            (select s.dataset from eod.session s order by s.dataset limit 1)
            union all
            select (select s.dataset from eod.session s where s.dataset > d.dataset order by s.dataset limit 1)
            from dataset d where d.dataset is not null
        ), newest as materialized (
            select d.dataset, (select max(s.session_date) from eod.session s where s.dataset = d.dataset) as session_date
            from dataset d where d.dataset is not null
        ), elsewhere as (
            -- Tickers that have none on that date, as those of other markets, and the last of each. Asking for the state keeps PostgreSQL
            -- from looking through the key of all years, which has no state.
            select n.dataset, s.ticker, max(s.session_date) filter (where s.state is not null) as session_date
            from newest n
            cross join lateral (
                select s.ticker, s.session_date, s.state from eod.session s
                where s.dataset = n.dataset and s.session_date >= n.session_date - 4 offset 0) s
            group by n.dataset, n.session_date, s.ticker having max(s.session_date) < n.session_date
        ), near as (
            select s.* from newest n cross join lateral (
                select s.session_id, s.dataset, s.ticker, s.session_date, s.state, s.close_at, s.next_check_at, s.gets,
                    s.law_minutes[5] as by_95
                from eod.session s where s.dataset = n.dataset and s.session_date = n.session_date offset 0) s
            union all
            select s.session_id, s.dataset, s.ticker, s.session_date, s.state, s.close_at, s.next_check_at, s.gets, s.law_minutes[5]
            from eod.session s join newest n on n.dataset = s.dataset where s.state = 'open' and s.session_date < n.session_date
            union all
            select s.session_id, s.dataset, s.ticker, s.session_date, s.state, s.close_at, s.next_check_at, s.gets, s.law_minutes[5]
            from elsewhere e cross join lateral (
                select * from eod.session s
                where s.dataset = e.dataset and s.ticker = e.ticker and s.session_date = e.session_date and s.state <> 'open' offset 0) s
        ), today as materialized (
            select s.*, coalesce(c.first_ticker, s.ticker) as company,
                s.state = 'open' and coalesce(s.close_at + s.by_95 * interval '1 minute' < $1, false) as late
            from near s
            left join eod.companion c on c.dataset = s.dataset and c.kind = 'batch' and c.ticker = s.ticker
            where strpos(lower(s.ticker), lower($2)) > 0 or strpos(lower(s.dataset), lower($2)) > 0
        ), counted as (
            select count(*) as sessions, count(*) filter (where state = 'open') as all_open, count(*) filter (where late) as every_late,
                count(*) filter (where state = 'found') as all_found, coalesce(sum(gets), 0) as every_get
            from today
        ), fitting as (
            select *, case when $5 then company else ticker end as fold from today
            where ($3 = '' or state = $3 or $3 = 'late' and late) and ($4 = '' or company = $4) and ($9::bigint is null or session_id < $9)
        ), folded as materialized (
            select dataset, fold, session_date, count(*) as tickers, count(*) filter (where state = 'open') as open,
                count(*) filter (where late) as late, count(*) filter (where state = 'found') as found, sum(gets) as gets,
                min(next_check_at) as next_check_at, max(close_at) as close_at, max(session_id) as session_id
            from fitting group by dataset, fold, session_date
        ), page as (
            select *, row_number() over (order by {ORDER}) as place
            from (select * from folded order by {ORDER} limit $6 offset $7) as several
        ), shown as (
            select f.session_id, f.late, f.company, p.place, p.tickers, p.open, p.late as all_late, p.found, p.gets as all_gets,
                row_number() over (partition by p.place order by f.late desc, f.state = 'open' desc, f.next_check_at, f.ticker) as member
            from page p join fitting f on f.dataset = p.dataset and f.fold = p.fold and f.session_date = p.session_date
        ), called as (
            select s.*, m.late, m.company, m.place, m.tickers, m.open, m.all_late, m.found, m.all_gets, m.member,
                calls.sent, calls.methods, calls.outcomes, a.after_at, a.by_at
            from shown m
            join eod.session s using (session_id)
            left join eod.arrival a using (dataset, ticker, session_date)
            cross join lateral (
                select coalesce(array_agg(sent_at order by sent_at), '{}') as sent,
                    coalesce(array_agg(method order by sent_at), '{}') as methods,
                    coalesce(array_agg(outcome order by sent_at), '{}') as outcomes
                from eod.observation o where o.dataset = s.dataset and o.ticker = s.ticker and o.session_date = s.session_date) as calls
            where m.member <= $8
        )
        select n.sessions, n.all_open, n.every_late, n.all_found, n.every_get,
            s.place, s.tickers, s.open, s.all_late, s.found, s.all_gets, (select count(*) from folded),
            s.dataset, s.ticker, s.session_date, s.close_at, s.state, s.late, coalesce(s.law_minutes, '{}'), s.gets, s.signals, s.sent,
            s.methods, s.outcomes, s.after_at, s.by_at, s.found_at, s.next_check_at, s.next_method, s.next_check_why, s.company, s.session_id
        from counted n left join called s on true order by s.place, s.member
        """;

    public async Task<TodayContent> ReadAsync(TodayQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = Today.Replace("{ORDER}", query.IsNewestFirst ? NewestFirst : LateFirst, StringComparison.Ordinal);
        var read = await database.Sql(
            today, now, query.Text, query.State, query.Company, query.Folds, query.PageSize, query.Page * query.PageSize,
                query.MembersShown, query.Before)
            .ListAsync(
                row => (Counts: new TodayCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                    Place: row.Nullable<long?>(5), Rows: row.Nullable<long?>(11), Row: row.IsDBNull(5) ? null : Row(row),
                    Session: row.IsDBNull(5) ? null : Read(row)),
                cancellationToken);
        return new TodayContent
        {
            Query = query,
            Now = now,
            Rows = [.. read.Where(one => one.Row is not null).GroupBy(one => one.Place)
                .Select(row => row.First().Row! with { Sessions = [.. row.Select(one => one.Session!)] })],
            AllRows = read[0].Rows ?? 0,
            Counts = read[0].Counts,
        };
    }

    private static TodayRow Row(NpgsqlDataReader row) =>
        new(row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), []);

    private static SessionView Read(NpgsqlDataReader reader) => new()
    {
        Dataset = reader.GetString(12),
        Ticker = reader.GetString(13),
        SessionDate = reader.GetFieldValue<DateOnly>(14),
        CloseAt = reader.GetFieldValue<DateTimeOffset>(15),
        State = reader.GetString(16),
        Late = reader.GetBoolean(17),
        LawMinutes = reader.GetFieldValue<double[]>(18),
        Gets = reader.GetInt32(19),
        Signals = reader.GetInt32(20),
        Calls =
        [
            .. reader.GetFieldValue<DateTimeOffset[]>(21)
                .Zip(reader.GetFieldValue<string[]>(22), reader.GetFieldValue<string[]>(23))
                .Select(call => new SessionCall(call.First, call.Second, call.Third)),
        ],
        ArrivedAfter = reader.Nullable<DateTimeOffset?>(24),
        ArrivedBy = reader.Nullable<DateTimeOffset?>(25),
        FoundAt = reader.Nullable<DateTimeOffset?>(26),
        NextCheckAt = reader.Nullable<DateTimeOffset?>(27),
        NextMethod = reader.Nullable<string>(28),
        NextCheckWhy = reader.Nullable<string>(29),
        Company = reader.GetString(30),
        Id = reader.GetInt64(31),
    };
}
