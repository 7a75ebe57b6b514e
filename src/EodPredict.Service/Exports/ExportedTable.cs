namespace EodPredict.Service.Exports;

/// <summary>A table that can be exported.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Description">What a row is, for people.</param>
/// <param name="HasDatasets">Whether its rows belong to datasets.</param>
/// <param name="Query">
/// Its rows: $1 is the dataset, $2 the first and $3 the last day, each null for all. Columns are text, boolean, integer, bigint,
/// double precision, date and timestamptz.
/// </param>
internal sealed record ExportedTable(string Name, string Description, bool HasDatasets, string Query)
{
    private const string Observations = """
        select observation_id, dataset, ticker, session_date, method, outcome, reason, sent_at as sent_utc, finished_at as finished_utc,
            extract(epoch from finished_at - sent_at)::float8 as duration_seconds, status, content_length as length_bytes, etag,
            last_modified as last_modified_utc, data_date, extract(epoch from retry_after)::float8 as retry_after_seconds
        from eod.observation
        where ($1::text is null or dataset = $1)
          and ($2::date is null or sent_at >= $2::date::timestamp at time zone 'UTC')
          and ($3::date is null or sent_at < ($3::date + 1)::timestamp at time zone 'UTC')
        order by observation_id
        """;

    // A found session is read again for revisions: those calls are no checks of whether it is there.
    private const string Checks = """
        select o.dataset, o.ticker, o.session_date, s.close_at as close_utc,
            (row_number() over (
                partition by o.dataset, o.ticker, o.session_date order by o.sent_at, o.observation_id))::integer as call_number, o.method,
            o.sent_at as sent_utc, o.finished_at as finished_utc,
            extract(epoch from o.sent_at - s.close_at)::float8 / 60 as sent_minutes_after_close, o.outcome,
            o.outcome = 'available' as is_available, coalesce(o.sent_at > s.found_at, false) as is_reread
        from eod.observation o
        join eod.session s on s.dataset = o.dataset and s.ticker = o.ticker and s.session_date = o.session_date
        where ($1::text is null or o.dataset = $1)
          and ($2::date is null or o.session_date >= $2) and ($3::date is null or o.session_date <= $3)
        order by o.dataset, o.ticker, o.session_date, call_number
        """;

    private const string Arrivals = """
        select a.dataset, a.ticker, a.session_date, a.close_at as close_utc, a.after_at as after_utc, a.by_at as by_utc,
            extract(epoch from a.after_at - a.close_at)::float8 / 60 as after_minutes,
            extract(epoch from a.by_at - a.close_at)::float8 / 60 as by_minutes,
            extract(epoch from a.by_at - a.after_at)::float8 / 60 as width_minutes, a.source, a.recorded_at as recorded_utc,
            s.state, s.found_at as found_utc, s.last_not_yet_at as last_not_yet_utc, s.gets, s.signals,
            s.law_minutes[1] as law_q05_minutes, s.law_minutes[2] as law_q25_minutes, s.law_minutes[3] as law_q50_minutes,
            s.law_minutes[4] as law_q75_minutes, s.law_minutes[5] as law_q95_minutes
        from eod.arrival a left join eod.session s using (dataset, ticker, session_date)
        where ($1::text is null or a.dataset = $1)
          and ($2::date is null or a.session_date >= $2) and ($3::date is null or a.session_date <= $3)
        order by a.dataset, a.ticker, a.session_date
        """;

    private const string Throttle = """
        select endpoint, minute as minute_utc, worker, attempts, accepted, refused, failed, most_in_flight,
            extract(epoch from latency_median)::float8 as latency_median_seconds, pace as pace_per_second, is_touched
        from eod.throttle_observation
        where $1::text is null
          and ($2::date is null or minute >= $2::date::timestamp at time zone 'UTC')
          and ($3::date is null or minute < ($3::date + 1)::timestamp at time zone 'UTC')
        order by endpoint, minute, worker
        """;

    /// <summary>All there are.</summary>
    public static IReadOnlyList<ExportedTable> All { get; } =
    [
        new("observations", "Every call to a provider, by the day (UTC) on which it was sent.", true, Observations),
        new("checks", "Every call that asked for one ticker's session, by session date, with its place after the close.", true, Checks),
        new("arrivals", "When data became available, by session date, with the forecast of then and what was spent.", true, Arrivals),
        new("throttle", "What endpoints bore, by the minute (UTC).", false, Throttle),
    ];
}
