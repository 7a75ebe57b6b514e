using System.CommandLine;
using System.Globalization;
using EodPredict.Scraping;
using EodPredict.Service.Hosting;
using EodPredict.Service.Scraping;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod scrape export</c>: what a job has stored, as JSON lines.</summary>
internal static class ScrapeExportCommand
{
    public static Command Create()
    {
        var job = JobOption.Create();
        var file = new Option<string?>("--out") { Description = "Where it is written. Default: standard output.", HelpName = "F.jsonl" };
        var command = new Command("export", "Writes what was stored, one JSON object a line, in the order in which the ids were given.")
        {
            job, file,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => ExportAsync(
                services.GetRequiredService<ScrapeJobs>(), asked.GetRequiredValue(job), asked.GetValue(file), cancellation),
            cancellationToken, services => services.AddScraping()));
        return command;
    }

    private static async Task<int> ExportAsync(ScrapeJobs jobs, string name, string? file, CancellationToken cancellationToken)
    {
        await ScrapeStatusCommand.FindAsync(jobs, name, cancellationToken);
        await using var to = file is null ? Console.OpenStandardOutput() : File.Create(file);
        var items = await StoredItemLines.WriteAsync(jobs.ExportAsync(name, cancellationToken), to, cancellationToken);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {items} items{(file is null ? "" : $" written to {file}")}."));
        return ExitCode.Done;
    }
}
