using System.CommandLine;
using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Service.Forecasts;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod forecast</c>: the arrival law of one session, its scores, the next check and why.</summary>
internal static class ForecastCommand
{
    public static Command Create()
    {
        var dataset = DatasetOption.Create();
        var ticker = new Option<string>("--ticker") { Description = "The ticker, as configured.", HelpName = "T", Required = true };
        var date = DateOption.Create("--date", "The session date, such as 2026-11-20. Default: the last that has closed.");
        var window = DurationOption.Create("--window", "How wide the windows of the scores are. Default: 15m.", TimeSpan.FromMinutes(15));
        var json = JsonOption.Create();
        var command = new Command("forecast", "Tells when the data of a ticker is expected, and when it is asked for next.")
        {
            dataset, ticker, date, window, json,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => RunAsync(
                services,
                DatasetOption.Choose(services.GetRequiredService<DatasetCatalog>(), asked.GetValue(dataset)),
                asked.GetValue(ticker)!, asked.GetValue(date), asked.GetValue(window), asked.GetValue(json),
                cancellation),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, Dataset dataset, string symbol, DateOnly? date, TimeSpan window, bool asJson,
        CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = ForecastedSession.Find(dataset, symbol, date, services.GetRequiredService<MarketCalendars>(), now, out var fault)
            ?? throw new CommandFaultException(fault);
        using var forecasts = ActivatorUtilities.CreateInstance<TickerForecasts>(services);
        var forecast = await forecasts.ForecastAsync(dataset, symbol, session, cancellationToken);
        if (asJson)
        {
            JsonOption.Write(ForecastFacts.Of(dataset, symbol, session, forecast, window));
        }
        else
        {
            ForecastText.Write(CommandConsole.Facts, dataset, symbol, session, forecast, window);
        }

        return ExitCode.Done;
    }
}
