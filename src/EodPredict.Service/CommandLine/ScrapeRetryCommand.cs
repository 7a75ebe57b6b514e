using System.CommandLine;
using System.Globalization;
using EodPredict.Scraping;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod scrape retry</c>: lets failed items wait again.</summary>
internal static class ScrapeRetryCommand
{
    public static Command Create()
    {
        var job = JobOption.Create();
        var json = JsonOption.Create();
        var command = new Command("retry", "Lets the failed items of a job wait again; the next run tries them.") { job, json };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => RetryAsync(services.GetRequiredService<ScrapeJobs>(), asked.GetRequiredValue(job), asked.GetValue(json), cancellation),
            cancellationToken, services => services.AddScraping()));
        return command;
    }

    private static async Task<int> RetryAsync(ScrapeJobs jobs, string name, bool asJson, CancellationToken cancellationToken)
    {
        await ScrapeStatusCommand.FindAsync(jobs, name, cancellationToken);
        var items = await jobs.RetryAsync(name, cancellationToken);
        if (asJson)
        {
            JsonOption.Write(new { name, Waiting = items });
            return ExitCode.Done;
        }

        CommandConsole.Facts.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {items} failed items wait again.{(items > 0 ? " Run 'eod scrape' with this job to try them." : "")}"));
        return ExitCode.Done;
    }
}
