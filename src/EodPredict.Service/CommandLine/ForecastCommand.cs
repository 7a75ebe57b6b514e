using System.CommandLine;
using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
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
        var ticker = dataset.Tickers.FirstOrDefault(known => known.Symbol == symbol)
            ?? throw new CommandFaultException($"No ticker '{symbol}' is configured in {dataset.Name}.");
        var time = services.GetRequiredService<TimeProvider>();
        var calendar = services.GetRequiredService<MarketCalendars>().Get(ticker.Calendar);
        var session = date is { } day
            ? calendar.SessionOn(day) ?? throw new CommandFaultException($"{day:yyyy-MM-dd} is no session of {ticker.Calendar}.")
            : calendar.LastClosedBy(time.GetUtcNow());
        using var forecasts = ActivatorUtilities.CreateInstance<TickerForecasts>(services);
        var forecast = await forecasts.ForecastAsync(dataset, symbol, session, cancellationToken);
        if (asJson)
        {
            JsonOption.Write(ForecastText.Facts(dataset, symbol, session, forecast, window));
        }
        else
        {
            ForecastText.Write(Console.Out, dataset, symbol, session, forecast, window);
        }

        return ExitCode.Done;
    }
}
