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
        var json = JsonOption.Create();
        var command = new Command("export", "Writes what was stored, one JSON object a line, in the order in which the ids were given.")
        {
            job, file, json,
        };
        JsonOption.NeedsFile(command, json, file);
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => ExportAsync(
                services.GetRequiredService<ScrapeJobs>(), asked.GetRequiredValue(job), asked.GetValue(file), asked.GetValue(json), cancellation),
            cancellationToken, services => services.AddScraping()));
        return command;
    }

    private static async Task<int> ExportAsync(ScrapeJobs jobs, string name, string? file, bool asJson, CancellationToken cancellationToken)
    {
        var stored = (await ScrapeStatusCommand.FindAsync(jobs, name, cancellationToken)).Stored;
        await using var to = file is null ? Console.OpenStandardOutput() : File.Create(file);
        var items = await WorkProgress.RunAsync(
            "scrape export",
            progress => StoredItemLines.WriteAsync(
                jobs.ExportAsync(name, cancellationToken), to, new ReportedTo<long>(done => progress.Report(done, stored, "items")),
                cancellationToken),
            isShared: file is null && !Console.IsOutputRedirected);
        if (asJson)
        {
            JsonOption.Write(new { name, items, Out = file });
        }
        else
        {
            CommandConsole.Talk.Line(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {items} items{(file is null ? "" : $" written to {file}")}."));
        }

        return ExitCode.Done;
    }
}
