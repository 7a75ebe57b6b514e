namespace EodPredict.Service.Pages.Scrapes;

/// <summary>What the page of scraping jobs shows.</summary>
public sealed record ScrapesContent : PageContent
{
    public required IReadOnlyList<ScrapeRow> Jobs { get; init; }

    public override IEnumerable<NumberTable> Tables =>
    [
        new(
            "scrapes", "Scraping jobs",
            ["name", "state", "endpoint", "items", "stored", "failed", "left", "attempts", "refused", "seconds", "per_second",
                "limit_per_second"],
            [.. Jobs.Select(job => new object?[]
            {
                job.Status.Name, job.Status.State, job.Endpoint, job.Status.Items, job.Status.Stored, job.Status.Failed, job.Status.Left,
                job.Status.Attempts, job.Status.Refused, job.Status.Seconds, job.PerSecond, job.LimitPerSecond,
            })]),
    ];
}
