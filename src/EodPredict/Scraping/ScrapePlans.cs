using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Scraping.Forecast;
using EodPredict.Scraping.Http;
using Npgsql;

namespace EodPredict.Scraping;

/// <summary>Plans when jobs that can wait are sent, and keeps the plan where people see it. Safe for concurrent use.</summary>
public sealed class ScrapePlans(
    NpgsqlDataSource database, ScrapeJobs jobs, LimitForecasts forecasts, TimeProvider time, TimeScale? scale = null)
{
    /// <summary>Plans what is left of a job from what is known now. Null where the job cannot wait.</summary>
    public async Task<WindowPlan?> PlanAsync(ScrapeJob job, CancellationToken cancellationToken)
    {
        if (!job.CanWait || await jobs.StatusAsync(job.Name, cancellationToken) is not { } status)
        {
            return null;
        }

        var outlook = await forecasts.ReadAsync(ItemAddress.Endpoint(job.Url), cancellationToken);
        var plan = WindowChoice.Of(
            outlook, time.GetUtcNow(), status.Left, job.FinishBy, job.MaxPace ?? double.PositiveInfinity, scale?.Speed ?? 1);
        await database.Sql(
            "update eod.scrape_job set starts_at = $2, starts_because = $3, windows = $4 where job_id = $1",
            job.Id, plan.StartsAt, plan.Because, plan.Windows.Select(window => window.UtcDateTime).ToArray()).RunAsync(cancellationToken);
        return plan;
    }
}
