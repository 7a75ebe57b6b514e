using EodPredict.Database;
using Npgsql;

namespace EodPredict.Scraping.Forecast;

/// <summary>What is on record of endpoints' limits, window by window. Safe for concurrent use.</summary>
internal sealed class ObservedLimits(NpgsqlDataSource database)
{
    // Half the width of what is known of a limit that was met: the pace stays that close under it.
    private const double LeastWidth = 0.01;
    private const double MostWidth = 0.5;

    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(56);

    /// <summary>The windows of one endpoint in which it was asked, rising.</summary>
    public async Task<IReadOnlyList<ObservedWindow>> OfAsync(string endpoint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What several processes saw of one minute is added up. A pace of 0 was not known yet.
        const string Windows = """
            with minute as (
                select minute, sum(accepted)::float8 / 60.0 as accepted, sum(pace) as pace,
                    bool_or(is_touched) and min(pace) > 0 as is_touched
                from eod.throttle_observation where endpoint = $1 and minute > $2 group by minute
            )
            select to_timestamp(floor(extract(epoch from minute) / 900) * 900),
                percentile_cont(0.5) within group (order by pace) filter (where is_touched),
                coalesce(stddev_pop(ln(pace)) filter (where is_touched), 0)::float8, max(accepted)
            from minute where accepted > 0 group by 1 order by 1
            """;
        return await database.Sql(Windows, endpoint, now - Memory).ListAsync(
            row => Window(row.GetFieldValue<DateTimeOffset>(0), row.Nullable<double?>(1), row.GetDouble(2), row.GetDouble(3)),
            cancellationToken);
    }

    /// <summary>The endpoints whose limits were met lately, the most seen first.</summary>
    public Task<List<string>> EndpointsAsync(int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select endpoint from eod.throttle_observation where minute > $1 and is_touched
            group by endpoint order by count(*) desc, endpoint limit $2
            """, now - Memory, most).ListAsync(row => row.GetString(0), cancellationToken);

    private static ObservedWindow Window(DateTimeOffset begin, double? pace, double spread, double accepted)
    {
        if (pace is not { } met)
        {
            return new ObservedWindow(begin, Math.Log(accepted), double.PositiveInfinity);
        }

        var width = Math.Clamp(spread, LeastWidth, MostWidth);
        return new ObservedWindow(begin, Math.Log(met) - width, Math.Log(met) + width);
    }
}
