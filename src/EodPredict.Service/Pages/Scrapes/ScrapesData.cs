using EodPredict.Database;
using EodPredict.Scraping;
using Npgsql;

namespace EodPredict.Service.Pages.Scrapes;

/// <summary>Reads the scraping jobs and what their endpoints bear. Safe for concurrent use.</summary>
internal sealed class ScrapesData(NpgsqlDataSource database, ScrapeJobs jobs, TimeProvider time)
{
    private const int MostShown = 50;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(3);

    public async Task<ScrapesContent> ReadAsync(CancellationToken cancellationToken)
    {
        const string Endpoints = """
            select j.name, j.endpoint, l.rate_per_second, (
                select sum(o.accepted) / 60.0::float8 from eod.throttle_observation o
                where o.endpoint = j.endpoint and o.minute > $1
                group by o.minute order by o.minute desc limit 1)
            from eod.scrape_job j left join eod.endpoint_limit l using (endpoint)
            """;
        var known = (await database.Sql(Endpoints, time.GetUtcNow() - Recent).ListAsync(
            row => (Name: row.GetString(0), Endpoint: row.GetString(1), Limit: row.Nullable<double?>(2), Recent: row.Nullable<double?>(3)),
            cancellationToken)).ToDictionary(row => row.Name);
        var rows = new List<ScrapeRow>();
        foreach (var (_, status) in await jobs.ListAsync(null, null, MostShown, cancellationToken))
        {
            var (_, endpoint, limit, recent) = known.GetValueOrDefault(status.Name, (status.Name, "", null, null));
            var failures = status.Failed > 0 ? await jobs.FailuresAsync(status.Name, cancellationToken) : [];
            rows.Add(new ScrapeRow(status, endpoint, status.IsRunning ? recent : null, limit, failures));
        }

        return new ScrapesContent { Jobs = rows };
    }
}
