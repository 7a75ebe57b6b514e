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

    // Of each dataset the last days, found by its index: a full look at years of sessions would take seconds.
    private const string Today = """
        with recursive dataset as (
            (select s.dataset from eod.session s order by s.dataset limit 1)
            union all
            select (select s.dataset from eod.session s where s.dataset > d.dataset order by s.dataset limit 1)
            from dataset d where d.dataset is not null
        ), newest as (
            select d.dataset, (select max(s.session_date) from eod.session s where s.dataset = d.dataset) as session_date
            from dataset d where d.dataset is not null
        ), near as (
            select s.session_id from newest n join eod.session s on s.dataset = n.dataset and s.session_date >= n.session_date - 4
            union
            select session_id from eod.session where state = 'open'
        ), aged as (
            select s.*, coalesce(c.first_ticker, s.ticker) as company,
                row_number() over (partition by s.dataset, s.ticker order by s.session_date desc) as age,
                s.state = 'open' and coalesce(s.close_at + s.law_minutes[5] * interval '1 minute' < $1, false) as late
            from near join eod.session s using (session_id)
            left join eod.companion c on c.dataset = s.dataset and c.kind = 'batch' and c.ticker = s.ticker
            where strpos(lower(s.ticker), lower($2)) > 0 or strpos(lower(s.dataset), lower($2)) > 0
        ), today as (
            select * from aged where age = 1 or state = 'open'
        )
        """;

    private const string Rows = Today + """
        , fitting as (
            select *, case when $5 then company else ticker end as fold from today
            where ($3 = '' or state = $3 or $3 = 'late' and late) and ($4 = '' or company = $4)
        ), folded as (
            select dataset, fold, session_date, count(*) as tickers, count(*) filter (where state = 'open') as open,
                count(*) filter (where late) as late, count(*) filter (where state = 'found') as found, sum(gets) as gets,
                min(next_check_at) as next_check_at, max(close_at) as close_at, count(*) over () as rows
            from fitting group by dataset, fold, session_date
        ), page as (
            select *, row_number() over (
                order by late > 0 desc, open > 0 desc, next_check_at, close_at desc, dataset, fold, session_date) as place
            from folded order by place limit $6 offset $7
        ), shown as (
            select f.*, p.place, p.tickers, p.open, p.late as all_late, p.found, p.gets as all_gets, p.rows, row_number() over (
                partition by p.place order by f.late desc, f.state = 'open' desc, f.next_check_at, f.ticker) as member
            from page p join fitting f using (dataset, fold, session_date)
        )
        select s.dataset, s.ticker, s.session_date, s.close_at, s.state, s.late, coalesce(s.law_minutes, '{}'),
            s.gets, s.signals, calls.sent, calls.methods, calls.outcomes, a.after_at, a.by_at, s.found_at, s.next_check_at, s.next_method,
            s.next_check_why, s.company, s.place, s.tickers, s.open, s.all_late, s.found, s.all_gets, s.rows
        from shown s
        left join eod.arrival a using (dataset, ticker, session_date)
        cross join lateral (
            select coalesce(array_agg(sent_at order by sent_at), '{}') as sent,
                coalesce(array_agg(method order by sent_at), '{}') as methods,
                coalesce(array_agg(outcome order by sent_at), '{}') as outcomes
            from eod.observation o where o.dataset = s.dataset and o.ticker = s.ticker and o.session_date = s.session_date) as calls
        where s.member <= $8
        order by s.place, s.member
        """;

    private const string Count = Today + """
        select count(*), count(*) filter (where state = 'open'), count(*) filter (where late), count(*) filter (where state = 'found'),
            coalesce(sum(gets), 0)
        from today
        """;

    public async Task<TodayContent> ReadAsync(TodayQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = await database.Sql(
            Rows, now, query.Text, query.State, query.Company, query.Folds, query.PageSize, query.Page * query.PageSize, query.MembersShown)
            .ListAsync(row => (Session: Read(row), Place: row.GetInt64(19), Row: Row(row), Rows: row.GetInt64(25)), cancellationToken);
        var counts = await database.Sql(Count, now, query.Text).ListAsync(
            row => new TodayCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancellationToken);
        return new TodayContent
        {
            Query = query,
            Now = now,
            Rows = [.. read.GroupBy(one => one.Place).Select(row => row.First().Row with { Sessions = [.. row.Select(one => one.Session)] })],
            AllRows = read.Count > 0 ? read[0].Rows : 0,
            Counts = counts[0],
        };
    }

    private static TodayRow Row(NpgsqlDataReader row) =>
        new(row.GetInt64(20), row.GetInt64(21), row.GetInt64(22), row.GetInt64(23), row.GetInt64(24), []);

    private static SessionView Read(NpgsqlDataReader reader) => new()
    {
        Dataset = reader.GetString(0),
        Ticker = reader.GetString(1),
        SessionDate = reader.GetFieldValue<DateOnly>(2),
        CloseAt = reader.GetFieldValue<DateTimeOffset>(3),
        State = reader.GetString(4),
        Late = reader.GetBoolean(5),
        LawMinutes = reader.GetFieldValue<double[]>(6),
        Gets = reader.GetInt32(7),
        Signals = reader.GetInt32(8),
        Calls =
        [
            .. reader.GetFieldValue<DateTimeOffset[]>(9)
                .Zip(reader.GetFieldValue<string[]>(10), reader.GetFieldValue<string[]>(11))
                .Select(call => new SessionCall(call.First, call.Second, call.Third)),
        ],
        ArrivedAfter = reader.Nullable<DateTimeOffset?>(12),
        ArrivedBy = reader.Nullable<DateTimeOffset?>(13),
        FoundAt = reader.Nullable<DateTimeOffset?>(14),
        NextCheckAt = reader.Nullable<DateTimeOffset?>(15),
        NextMethod = reader.Nullable<string>(16),
        NextCheckWhy = reader.Nullable<string>(17),
        Company = reader.GetString(18),
    };
}
