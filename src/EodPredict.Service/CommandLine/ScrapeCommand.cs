using System.CommandLine;
using System.Globalization;
using EodPredict.Scraping;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod scrape</c>: fetches many items from one endpoint as fast as it bears; and what became of them.</summary>
internal static class ScrapeCommand
{
    public static Command Create()
    {
        var job = JobOption.Create();
        var url = new Option<string>("--url")
        {
            Description = "Where an item is, with {id} for its id; a key stands there as {env:VARIABLE}.",
            HelpName = "URL",
            Required = true,
        };
        var ids = IdsOption.Create();
        var file = new Option<string?>("--ids-file") { Description = "A file of ids, one a line.", HelpName = "F" };
        var report = new Option<string?>("--report")
        {
            Description = "Where the job's figures are written as JSON.", HelpName = "OUT.json",
        };
        var pace = Above("--max-pace", "The most requests per second. Default: what the server bears.", "R");
        var inFlight = Above("--max-in-flight", "The most requests in flight. Default: what the server bears.", "N");
        var finishBy = InstantOption.Create("--finish-by", "When it has to be done. Until then it waits for the hours that bear most.");
        var anyTime = new Option<bool>("--any-time") { Description = "It may wait for the best hours of the next seven days." };
        var headers = new Option<string[]>("--header")
        {
            Description = "Goes with each request: 'Name: value', or 'Name: env:VARIABLE' for a secret. May be repeated.",
            HelpName = "HEADER",
            DefaultValueFactory = _ => [],
        };
        var json = JsonOption.Create();
        var command = new Command(
            "scrape",
            "Fetches items from one endpoint as fast as it bears, each stored once. Interrupted, it goes on when run again.")
        {
            job, url, ids, file, report, pace, inFlight, finishBy, anyTime, headers, json,
            ScrapeStatusCommand.Create(), ScrapeExportCommand.Create(), ScrapeRetryCommand.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(ids) is null == result.GetResult(file) is null)
            {
                result.AddError("Give either --ids or --ids-file.");
            }
        });
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked,
            new ScrapeJob
            {
                Name = asked.GetRequiredValue(job),
                Url = asked.GetRequiredValue(url),
                Headers = asked.GetValue(headers) ?? [],
                MaxPace = asked.GetValue(pace),
                FinishBy = asked.GetValue(finishBy),
                AnyTime = asked.GetValue(anyTime),
                MaxInFlight = asked.GetValue(inFlight) is { } most ? (int)Math.Clamp(most, 1, int.MaxValue) : null,
            },
            new ScrapeCommandOptions(asked.GetValue(ids), asked.GetValue(file), asked.GetValue(report), asked.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(
        ParseResult asked, ScrapeJob job, ScrapeCommandOptions options, CancellationToken cancellationToken) =>
        CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => new ScrapeCommandRun(services, job, options).RunAsync(cancellation),
            cancellationToken,
            services => services.AddScraping());

    private static Option<double?> Above(string name, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && number > 0 && double.IsFinite(number))
            {
                return number;
            }

            result.AddError($"{name} takes a number above 0.");
            return null;
        },
    };
}
