using System.CommandLine;
using EodPredict.Replay.Recorded;
using EodPredict.Service.CommandLine;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.Demo;

/// <summary><c>eod demo</c>: the service on recorded days, beside the usual ways of polling.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var speed = new Option<double>("--speed") { Description = "Service seconds in a second; 1440 lives a day a minute.", DefaultValueFactory = _ => 1440 };
        var days = new Option<int?>("--days") { Description = "How many recorded days to live. Default: until interrupted." };
        var summary = new Option<string?>("--summary") { Description = "Where to write the figures as JSON.", HelpName = "FILE" };
        var port = new Option<int>("--port") { Description = "The port of the pages on this machine.", DefaultValueFactory = _ => ListenAddress.DefaultPort };
        var series = new Option<string>("--series")
        {
            Description = $"The recorded series ({string.Join(", ", RecordedSamples.Names)}) or a file like them.",
            DefaultValueFactory = _ => "rki",
        };
        speed.Validators.Add(result => Range(result.GetValueOrDefault<double>() is >= 1 and <= 10_000, result, "--speed takes a number from 1 to 10000."));
        days.Validators.Add(result => Range(result.GetValueOrDefault<int?>() is null or >= 1, result, "--days takes a number from 1 on."));
        port.Validators.Add(result => Range(result.GetValueOrDefault<int>() is >= 0 and <= 65535, result, "--port takes a number from 0 to 65535."));

        var json = JsonOption.Create();
        var command = new Command("demo", "Lives recorded days: a private PostgreSQL, a provider that answers as it did then, and the service.")
        {
            speed, days, summary, port, series, json,
        };
        command.SetAction(async (asked, cancellationToken) =>
        {
            var options = new DemoOptions
            {
                Speed = asked.GetValue(speed),
                Days = asked.GetValue(days),
                Summary = asked.GetValue(summary),
                Port = asked.GetValue(port),
                Series = asked.GetValue(series)!,
                AsJson = asked.GetValue(json),
                Folder = Path.Combine(DataFolder.Of(asked.Configuration()), "demo"),
            };
            return await new DemoRun(options, SystemClock.Wall).RunAsync(cancellationToken) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void Range(bool isFine, System.CommandLine.Parsing.OptionResult result, string otherwise)
    {
        if (!isFine)
        {
            result.AddError(otherwise);
        }
    }
}
