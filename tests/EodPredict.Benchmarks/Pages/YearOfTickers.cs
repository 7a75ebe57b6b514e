using EodPredict.Database;

namespace EodPredict.Benchmarks.Pages;

/// <summary>What an installation holds that has watched many tickers for a year, made by a few statements of SQL.</summary>
internal static class YearOfTickers
{
    public const string Dataset = "us";
    public const int Tickers = 10_000;
    public const int Sessions = 250;

    /// <summary>A ticker that lands together with others, and one that goes its own way.</summary>
    public const string Batched = "T00021";

    public const string Alone = "T09001";

    /// <summary>A minute after the close of the last session, which the service opens itself.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 1, 0, TimeSpan.Zero);

    // The first half of the tickers lands in batches of 20, the rest follows each other in groups of 100. None lands within the first two
    // hours, so that nothing is due while pages are timed. Each arrival lies between two checks, or the close and the first.
    private const string History = """
        select setseed(0.5);

        create temporary table ticker as
        select n, format('T%s', lpad(n::text, 5, '0')) as name, 150 + 300 * random() as hour, 5 + 25 * random() as spread
        from generate_series(0, 9999) n;

        create temporary table day as
        select row_number() over (order by d) as n, d::date as date, (d::date + time '16:00') at time zone 'America/New_York' as close_at,
            12 * random() as shift
        from generate_series(date '2025-12-01', date '2026-11-19', interval '1 day') d where extract(isodow from d) < 6
        order by d desc limit 249;

        create temporary table past as
        select t.name, d.date, d.close_at, t.hour, t.spread, c.at as minutes,
            case when random() < 0.4 then c.at - 20 * random() end as asked, c.at + 10 * random() as found
        from ticker t cross join day d
        cross join lateral (
            select t.hour + d.shift + t.spread * random() + case when random() < 0.05 then 300 * random() else 0 end as at) c;

        insert into eod.session (dataset, ticker, session_date, close_at, state, last_not_yet_at, found_at, law_minutes, gets)
        select 'us', name, date, close_at, 'found', close_at + asked * interval '1 minute', close_at + found * interval '1 minute',
            array[hour, hour + spread / 3, hour + spread / 2, hour + spread, hour + 2 * spread], case when asked is null then 1 else 2 end
        from past order by date, name;

        insert into eod.arrival (dataset, ticker, session_date, close_at, after_at, by_at, source, recorded_at)
        select 'us', name, date, close_at, close_at + coalesce(asked, 0) * interval '1 minute', close_at + found * interval '1 minute', 'check',
            close_at + found * interval '1 minute'
        from past order by date, name;

        insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status, content_length)
        select 'us', name, date, 'GET', call.outcome, call.reason, close_at + call.at * interval '1 minute',
            close_at + call.at * interval '1 minute' + interval '80 milliseconds', 200, 412
        from past cross join lateral (values
            (asked, 'not_yet', 'The newest row is of the session before.'), (found, 'available', 'The row of the session is there.'))
            as call(at, outcome, reason)
        where call.at is not null order by date, name;

        insert into eod.check_law
        select observation_id, array[60, 90, 100, 120, 180], array[60, 88, 98, 118, 175], array[60, 85, 95, 115, 170],
            case when outcome = 'not_yet' then array[100, 110, 115, 130, 190] end, 'shift', 1, 1, 0.2, 0.1
        from eod.observation where session_date >= date '2026-10-09';

        insert into eod.companion (dataset, kind, ticker, first_ticker, trust, since)
        select 'us', 'batch', name, format('T%s', lpad((n - n % 20)::text, 5, '0')), 0.97, date '2026-02-02' from ticker where n < 5000
        union all
        select 'us', 'group', name, format('T%s', lpad((n - n % 100)::text, 5, '0')), 0.7, date '2026-02-02' from ticker where n >= 5000;
        insert into eod.companion_look (dataset, dates, latest, next_look, version) values ('us', 249, date '2026-11-19', 1000, 1);
        """;

    // Four endpoints around the clock for eight weeks, a hundred jobs, and half a million orders of 40 scripts.
    private const string Rest = """
        insert into eod.throttle_observation
        select format('https://data.example.com/%s/{id}', e), minute, 1, accepted + refused, accepted, refused, 0, 12,
            interval '90 milliseconds', accepted / 60.0, refused > 0
        from generate_series(1, 4) e
        cross join generate_series(timestamptz '2026-09-25 21:00Z', timestamptz '2026-11-20 20:59Z', interval '1 minute') minute
        cross join lateral (select (1200 + 600 * sin(extract(hour from minute)::float8 / 4) + 60 * random())::integer as accepted,
            case when random() < 0.3 then 4 else 0 end as refused) c;
        insert into eod.endpoint_limit
        select format('https://data.example.com/%s/{id}', e), 20, timestamptz '2026-11-20 20:59Z' from generate_series(1, 4) e;

        insert into eod.scrape_job (name, url, endpoint, headers, is_served, state, items, stored, failed, attempts, refused, seconds, created_at)
        select format('job-%s', j), format('https://data.example.com/%s/{id}', 1 + j % 4), format('https://data.example.com/%s/{id}', 1 + j % 4),
            '{}', true, 'done', 2000, 1990, 10, 2100, 40, 120, timestamptz '2026-11-20 00:00Z' + j * interval '5 minutes'
        from generate_series(1, 100) j;
        insert into eod.scrape_run (job_id, began_at, ended_at, outcome, stored, failed, attempts, refused)
        select job_id, created_at, created_at + interval '2 minutes', 'done', stored, failed, attempts, refused from eod.scrape_job;
        insert into eod.endpoint_model
        select endpoint, learned_at, 4000, 40, 'sliding_window', 0.8, 20, 0.9, 60, null, 1200, null, 0, false, 0.5, 0, 0
        from eod.endpoint_limit;
        insert into eod.scrape_item (job_id, state, attempts, item, reason)
        select j, case when i <= 1990 then 'stored' else 'failed' end::eod.scrape_state, 1, i::text,
            case when i > 1990 then 'answered 404' end
        from generate_series(1, 100) j cross join generate_series(1, 2000) i;

        select eod.fence_orders();
        insert into eod.orders (order_id, source, client_key, payload, epoch)
        select nextval('eod.order_id_seq'), format('desk-%s', n % 40), format('fill-%s', n), '{"ticker": "T00001"}', 1
        from generate_series(1, 500000) n;
        """;

    // Of the sessions that the service has opened, a fifth is found by now and some are late.
    private const string LastDate = """
        update eod.session set state = 'found', found_at = close_at + interval '30 seconds', gets = 1, next_check_at = null,
            next_method = null, next_check_why = null
        where dataset = 'us' and session_date = date '2026-11-20' and session_id % 5 = 0;
        insert into eod.arrival (dataset, ticker, session_date, close_at, after_at, by_at, source, recorded_at)
        select dataset, ticker, session_date, close_at, close_at, found_at, 'check', found_at
        from eod.session where dataset = 'us' and session_date = date '2026-11-20' and state = 'found';
        insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status, content_length)
        select dataset, ticker, session_date, 'GET', 'available', 'The row of the session is there.', found_at, found_at, 200, 412
        from eod.session where dataset = 'us' and session_date = date '2026-11-20' and state = 'found';
        update eod.session set law_minutes = array_fill(0.1::float8, array[5])
        where dataset = 'us' and session_date = date '2026-11-20' and state = 'open' and session_id % 50 = 1;
        """;

    /// <summary>The 249 sessions before the last of every ticker, and what else a year leaves.</summary>
    public static async Task WriteHistoryAsync(BenchmarkServer server)
    {
        await server.RunAsync(History);
        await server.RunAsync(Rest);
        await server.RunAsync("analyze");
    }

    /// <summary>How many sessions of the last date are open.</summary>
    public static Task<long> OpenAsync(BenchmarkServer server) =>
        server.Database.Sql("select count(*) from eod.session where state = 'open'").FirstAsync<long>(CancellationToken.None);

    /// <summary>What checks would have told of the last date by now.</summary>
    public static Task WriteLastDateAsync(BenchmarkServer server) => server.RunAsync(LastDate);
}
