using System.CommandLine;
using EodPredict.Scraping;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod scrape status</c>: how far a job is, and why items failed.</summary>
internal static class ScrapeStatusCommand
{
    public static Command Create()
    {
        var job = JobOption.Create();
        var json = JsonOption.Create();
        var command = new Command("status", "Tells how far a job is, and why items failed.") { job, json };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => TellAsync(services.GetRequiredService<ScrapeJobs>(), asked.GetRequiredValue(job), asked.GetValue(json), cancellation),
            cancellationToken, services => services.AddScraping()));
        return command;
    }

    /// <summary>How far a job is.</summary>
    /// <exception cref="CommandFaultException">There is no such job.</exception>
    public static async Task<ScrapeStatus> FindAsync(ScrapeJobs jobs, string name, CancellationToken cancellationToken) =>
        await jobs.StatusAsync(name, cancellationToken) ?? throw new CommandFaultException($"There is no job {name}. `eod scrape --job {name} --url … --ids …` begins one.");

    private static async Task<int> TellAsync(ScrapeJobs jobs, string name, bool asJson, CancellationToken cancellationToken)
    {
        var status = await FindAsync(jobs, name, cancellationToken);
        var failures = await jobs.FailuresAsync(name, cancellationToken);
        if (asJson)
        {
            JsonOption.Write(new
            {
                status.Name, status.State, status.IsRunning, status.StoppedBecause, status.Items, status.Stored, status.Failed, status.Left,
                status.Attempts, status.Refused, status.Seconds,
                Failures = failures.Select(failure => new { failure.Reason, failure.Items }),
            });
            return ExitCode.Done;
        }

        ScrapeText.Write(CommandConsole.Facts, status, failures);

        return ExitCode.Done;
    }
}
