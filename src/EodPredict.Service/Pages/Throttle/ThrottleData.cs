using System.Collections.Concurrent;
using System.Globalization;
using EodPredict.Database;
using EodPredict.Scraping;
using EodPredict.Scraping.Forecast;
using EodPredict.Scraping.Storage;
using Npgsql;

namespace EodPredict.Service.Pages.Throttle;

/// <summary>
/// Reads what endpoints bore. Eight weeks of minutes are many, and change once a minute at the most: what was made of them is kept until
/// something new was recorded. Safe for concurrent use.
/// </summary>
internal sealed class ThrottleData(NpgsqlDataSource database, LimitForecasts forecasts, EndpointModels models, TimeProvider time)
{
    // What a page is made of, as far as it is new: each endpoint's last minutes, what was learned of it, and what its jobs wait for.
    private const string Recorded = """
        with recursive endpoint as (
            (select endpoint from eod.throttle_observation order by endpoint limit 1)
            union all
            select (select o.endpoint from eod.throttle_observation o where o.endpoint > e.endpoint order by o.endpoint limit 1)
            from endpoint e where e.endpoint is not null
        )
        select md5(concat(
            (select string_agg(concat(e.endpoint, last.minutes), ';' order by e.endpoint) from endpoint e cross join lateral (
                select string_agg(concat_ws(' ', minute, worker, attempts, accepted, refused), ',') as minutes from (
                    select * from eod.throttle_observation o where o.endpoint = e.endpoint order by o.minute desc, o.worker limit 20) o
                ) last where e.endpoint is not null),
            (select string_agg(l::text, ';' order by endpoint) from eod.endpoint_limit l),
            (select string_agg(concat(m.endpoint, m.seen_at), ';' order by m.endpoint) from eod.endpoint_model m),
            (select string_agg(concat_ws(' ', name, endpoint, state, stopped_because, finish_by, starts_because, windows::text), ';'
                order by job_id) from eod.scrape_job where starts_because is not null)))
        """;

    private readonly ConcurrentDictionary<string, (string Mark, ThrottleContent? Content)> _kept = [];

    private const int MostEndpoints = 200;
    private const int MostMinutes = 240;

    private static readonly TimeSpan Weeks = TimeSpan.FromDays(56);

    // What several processes saw of one minute is added up.
    private const string ByMinute = """
        with minute as (
            select minute, sum(accepted) as accepted, sum(refused) as refused, sum(attempts) as attempts, bool_or(is_touched) as is_touched
            from eod.throttle_observation where endpoint = $1 and minute > $2 group by minute
        )
        """;

    /// <summary>Null where there is no such endpoint.</summary>
    /// <param name="endpoint">Which; empty: the one asked last.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<ThrottleContent?> ReadAsync(string endpoint, CancellationToken cancellationToken)
    {
        // A forecast begins with the window that is.
        var window = time.GetUtcNow().UtcTicks / LimitWindow.Length.Ticks;
        var mark = await database.Sql(Recorded).FirstAsync<string>(cancellationToken) + window.ToString(CultureInfo.InvariantCulture);
        if (_kept.TryGetValue(endpoint, out var kept) && kept.Mark == mark)
        {
            return kept.Content is { } content ? content with { Now = time.GetUtcNow() } : null;
        }

        var read = await ReadAnewAsync(endpoint, cancellationToken);
        if (_kept.Count >= MostEndpoints)
        {
            _kept.Clear();
        }

        _kept[endpoint] = (mark, read);
        return read;
    }

    private async Task<ThrottleContent?> ReadAnewAsync(string endpoint, CancellationToken cancellationToken)
    {
        const string Endpoints = """
            select endpoint, max(l.rate_per_second), max(l.learned_at), count(o.minute), count(o.minute) filter (where o.is_touched),
                coalesce(sum(o.accepted), 0), coalesce(sum(o.refused), 0), max(o.minute)
            from eod.throttle_observation o full join eod.endpoint_limit l using (endpoint)
            group by endpoint order by max(o.minute) desc nulls last, endpoint limit $1
            """;
        var now = time.GetUtcNow();
        var endpoints = await database.Sql(Endpoints, MostEndpoints).ListAsync(
            row => new ThrottleEndpoint(
                row.GetString(0), row.Nullable<double?>(1), row.Nullable<DateTimeOffset?>(2), row.GetInt64(3), row.GetInt64(4),
                    row.GetInt64(5),
                row.GetInt64(6), row.Nullable<DateTimeOffset?>(7)),
            cancellationToken);
        var shown = endpoint.Length == 0 ? endpoints.FirstOrDefault() : endpoints.Find(one => one.Name == endpoint);
        if (shown is null)
        {
            return endpoint.Length == 0 ? new ThrottleContent { Now = now, Endpoints = [] } : null;
        }

        var outlook = await forecasts.ReadAsync(shown.Name, cancellationToken);
        return new ThrottleContent
        {
            Now = now,
            Endpoints = endpoints,
            Shown = shown,
            Model = await models.FindAsync(shown.Name, cancellationToken),
            Hours = await HoursAsync(shown.Name, now - Weeks, cancellationToken),
            Forecast = ForecastOf(outlook),
            ForecastRests = Rests(outlook),
            Jobs = await JobsAsync(shown.Name, outlook, cancellationToken),
            Minutes = await MinutesAsync(shown.Name, now - Weeks, cancellationToken),
        };
    }

    private static List<ForecastHour> ForecastOf(LimitOutlook outlook)
    {
        // Whole hours from the next one on, so that each hour of the week comes once.
        var first = new DateTimeOffset(outlook.Now.UtcTicks - (outlook.Now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1);
        return
        [
            .. from window in outlook.Between(first, first.AddDays(7))
               group window by (Weekday: 1 + (((int)window.Begin.DayOfWeek + 6) % 7), window.Begin.Hour) into hour
               orderby hour.Key
               select new ForecastHour(
                   hour.Key.Weekday, hour.Key.Hour, hour.Average(w => w.Rate), hour.Average(w => w.Low), hour.Average(w => w.High)),
        ];
    }

    private static string Rests(LimitOutlook outlook) => outlook.Source switch
    {
        LimitSource.Trees => $"By trees, from {Shown.Of(outlook.Windows, "window")} of 15 minutes on {Shown.Of(outlook.Days, "day")}.",
        LimitSource.Profile =>
            $"By what was seen at the same times: {Shown.Of(outlook.Windows, "window")} of 15 minutes on {Shown.Of(outlook.Days, "day")}.",
        LimitSource.LastRate => "By the rate at which the last run ended: the limit was never met.",
        _ => "",
    };

    private async Task<IReadOnlyList<PlannedJobWindows>> JobsAsync(
        string endpoint, LimitOutlook outlook, CancellationToken cancellationToken) =>
        await database.Sql(
            """
            select name, finish_by, starts_because, array(select w from unnest(windows) w where w > $2 order by w)
            from eod.scrape_job
            where endpoint = $1 and state = $3 and stopped_because is null and starts_because is not null and stored + failed < items
            order by starts_at, job_id limit 50
            """, endpoint, outlook.Now - LimitWindow.Length, ScrapeStates.Open).ListAsync(
                row => new PlannedJobWindows(
                    row.GetString(0), row.Nullable<DateTimeOffset?>(1), row.GetString(2),
                    [.. row.GetFieldValue<DateTime[]>(3).Select(begin => new DateTimeOffset(begin)).Select(begin =>
                        (begin, outlook.Of(begin)?.Rate))]),
                cancellationToken);

    private Task<List<ThrottleHour>> HoursAsync(string endpoint, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.Sql($"""
            {ByMinute}
            select extract(isodow from minute at time zone 'UTC')::integer, extract(hour from minute at time zone 'UTC')::integer, count(*),
                count(*) filter (where is_touched),
                coalesce(percentile_cont(0.5) within group (order by accepted / 60.0::float8) filter (where is_touched),
                    max(accepted) / 60.0::float8),
                sum(refused)::float8 / greatest(sum(attempts), 1)::float8
            from minute group by 1, 2 order by 1, 2
            """, endpoint, since).ListAsync(
                row => new ThrottleHour(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetDouble(4),
                    row.GetDouble(5)),
                cancellationToken);

    private async Task<IReadOnlyList<(DateTimeOffset Minute, double Accepted, double Refused)>> MinutesAsync(
        string endpoint, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = await database.Sql(
            $"{ByMinute} select minute, accepted / 60.0::float8, refused / 60.0::float8 from minute order by minute desc limit $3",
                endpoint, since, MostMinutes)
            .ListAsync(row => (row.GetFieldValue<DateTimeOffset>(0), row.GetDouble(1), row.GetDouble(2)), cancellationToken);
        latest.Reverse();
        return latest;
    }
}
