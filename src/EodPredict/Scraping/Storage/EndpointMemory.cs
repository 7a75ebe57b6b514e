using EodPredict.Database;
using EodPredict.Scraping.Limit;
using Npgsql;

namespace EodPredict.Scraping.Storage;

/// <summary>What endpoints bore, minute by minute, and the limit that the last run of each has found. Safe for concurrent use.</summary>
internal sealed class EndpointMemory(NpgsqlDataSource database, TimeProvider time)
{
    // A limit that is older says little; the start from one request costs a few seconds.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    /// <summary>Requests per second that the endpoint bore last, and how long ago; null where nobody knows.</summary>
    public async Task<(double Rate, TimeSpan Age)?> RecallAsync(string endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await database.Sql("select rate_per_second, learned_at from eod.endpoint_limit where endpoint = $1", endpoint)
            .ListAsync(row => (Rate: row.GetDouble(0), Age: now - row.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
        return known is [var one] && one.Age < Oldest ? one : null;
    }

    public Task RememberAsync(string endpoint, double rate, CancellationToken cancellationToken) =>
        database.Sql(
            """
            insert into eod.endpoint_limit (endpoint, rate_per_second, learned_at) values ($1, $2, $3)
            on conflict (endpoint) do update set rate_per_second = excluded.rate_per_second, learned_at = excluded.learned_at
            """, endpoint, rate, time.GetUtcNow()).RunAsync(cancellationToken);

    /// <summary>Writes what a process has seen of a minute; more of the same minute is added.</summary>
    public Task RecordAsync(string endpoint, int worker, ThrottleMinute seen, CancellationToken cancellationToken) =>
        database.Sql(
            """
            insert into eod.throttle_observation as known
                (endpoint, minute, worker, attempts, accepted, refused, failed, most_in_flight, latency_median, pace, is_touched)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (endpoint, minute, worker) do update set
                attempts = known.attempts + excluded.attempts, accepted = known.accepted + excluded.accepted,
                refused = known.refused + excluded.refused, failed = known.failed + excluded.failed,
                most_in_flight = greatest(known.most_in_flight, excluded.most_in_flight),
                latency_median = coalesce(excluded.latency_median, known.latency_median), pace = excluded.pace,
                is_touched = known.is_touched or excluded.is_touched
            """,
            endpoint, seen.Minute, worker, seen.Attempts, seen.Accepted, seen.Refused, seen.Failed, seen.MostInFlight,
            seen.LatencyMedian, seen.Pace, seen.IsTouched).RunAsync(cancellationToken);
}
