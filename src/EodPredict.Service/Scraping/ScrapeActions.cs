using EodPredict.Scraping;

namespace EodPredict.Service.Scraping;

/// <summary>What can be asked of a scraping job by its name, through the API and on the page. Safe for concurrent use.</summary>
internal sealed class ScrapeActions(ScrapeJobs jobs, ServedScrapes served)
{
    /// <summary>Stops it until it is resumed. One that does not run by now is left as it is.</summary>
    public Task PauseAsync(string name, CancellationToken cancellationToken) =>
        jobs.ChangeAsync(name, [ScrapeStates.Open], ScrapeStates.Paused, cancellationToken);

    /// <summary>Ends it; what was stored stays.</summary>
    public Task CancelAsync(string name, CancellationToken cancellationToken) =>
        jobs.ChangeAsync(name, [ScrapeStates.Open, ScrapeStates.Paused], ScrapeStates.Cancelled, cancellationToken);

    /// <summary>Lets a paused, cancelled or given up job go on.</summary>
    public async Task ResumeAsync(string name, CancellationToken cancellationToken)
    {
        await jobs.ChangeAsync(name, [ScrapeStates.Open, ScrapeStates.Paused, ScrapeStates.Cancelled], ScrapeStates.Open,
            cancellationToken);
        await StartAsync(name, cancellationToken);
    }

    /// <summary>Lets failed items wait again, with all their retries, and the job go on.</summary>
    public async Task RetryAsync(string name, CancellationToken cancellationToken)
    {
        await jobs.RetryAsync(name, cancellationToken);
        await StartAsync(name, cancellationToken);
    }

    private async Task StartAsync(string name, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(name, cancellationToken) is { } job)
        {
            await served.StartAsync(job, cancellationToken);
        }
    }
}
