using System.CommandLine;
using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Replay.Recorded;
using EodPredict.Service.Hosting;
using Npgsql;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod import availability FILE.csv</c>: the history that a user has kept before.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Brings in what was recorded elsewhere.") { Availability() };

    private static Command Availability()
    {
        var file = new Argument<string>("FILE.csv")
        {
            Description = "Columns ticker,session_date,close_utc,available_at_utc; an empty available_at_utc: never.",
        };
        var dataset = DatasetOption.Create();
        var resolution = DurationOption.Create(
            "--resolution", "How exact available_at_utc is: it was not there this long before. Default: 1s.", TimeSpan.FromSeconds(1));
        var json = JsonOption.Create();
        var command = new Command("availability", "Imports when data became available: all lines, or none where one is bad.")
        {
            file, dataset, resolution, json,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => ImportAsync(
                services, asked.GetRequiredValue(file), asked.GetValue(dataset), asked.GetValue(resolution),
                asked.GetValue(json), cancellation),
            cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(
        IServiceProvider services, string file, string? name, TimeSpan resolution, bool asJson, CancellationToken cancellationToken)
    {
        var dataset = DatasetOption.Choose(services.GetRequiredService<DatasetCatalog>(), name);
        var recorded = await RecordedDays.LoadAsync(file, cancellationToken);
        var arrivals = recorded.Sessions.Select(session => (session.Ticker, Arrival(session, resolution, dataset.Horizon))).ToList();
        var import = new ArrivalImport(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>());
        var counts = await WorkProgress.RunAsync("import", progress => import.ImportAsync(
            dataset.Name, arrivals, new ReportedTo<int>(sent => progress.Report(sent, arrivals.Count, "arrivals sent")), cancellationToken));

        var unwatched = recorded.Tickers.Except(dataset.Tickers.Select(ticker => ticker.Symbol)).ToList();
        if (asJson)
        {
            JsonOption.Write(new
            {
                Dataset = dataset.Name, Arrivals = arrivals.Count, Tickers = recorded.Tickers.Count, counts.Added, counts.Changed,
                counts.Unchanged, counts.Kept, Unwatched = unwatched,
            });
            return ExitCode.Done;
        }

        var facts = CommandConsole.Facts;
        facts.Line(
            $"{dataset.Name}: {arrivals.Count} arrivals of {recorded.Tickers.Count} tickers read: "
            + $"{counts.Added} new, {counts.Changed} changed, {counts.Unchanged} unchanged.", Color.Green);
        if (counts.Kept > 0)
        {
            facts.Line($"{counts.Kept} were left as they are: the service's own checks had revealed them.");
        }

        if (unwatched.Count > 0)
        {
            facts.Line($"Not configured in {dataset.Name}, so not watched: {string.Join(", ", unwatched)}.", Color.Yellow);
        }

        return ExitCode.Done;
    }

    // An arrival is an interval: after the last instant without it, at the latest at the instant that was recorded.
    private static PastArrival Arrival(RecordedSession session, TimeSpan resolution, TimeSpan horizon)
    {
        if (session.Arrival is not { } available)
        {
            return new PastArrival(session.SessionDate, session.Close, new ArrivalInterval(horizon, null));
        }

        var after = available - session.Close - resolution;
        var start = after > TimeSpan.Zero ? after : TimeSpan.Zero;
        var by = available > session.Close ? available - session.Close : resolution;
        return new PastArrival(session.SessionDate, session.Close, new ArrivalInterval(start, by));
    }
}
