using System.Globalization;
using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Service.Forecasts;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>A forecast as people read it.</summary>
internal static class ForecastText
{
    private const double LeastShown = 0.005;
    private const int WidestBar = 40;

    public static void Write(
        IAnsiConsole to, Dataset dataset, string ticker, TradingSession session, TickerForecast forecast, TimeSpan window)
    {
        FactList.Write(
            to,
            ("session", Text($"{dataset.Name} {ticker} {session.Date:yyyy-MM-dd}{(session.IsHalfDay ? " (half day)" : "")}")),
            ("close", Text($"{session.Close.UtcDateTime:yyyy-MM-dd HH:mm} UTC")),
            ("state", Text($"{forecast.State ?? "not opened"}; forecast from {forecast.SessionsKnown} earlier sessions")),
            Next(forecast));
        Quantiles(session, forecast.Law).Write(to);
        to.Line($"scores by window of {Hours(window)} after the close:");
        Scores(to, forecast.Law, window).Write(to);
    }

    private static FactTable Quantiles(TradingSession session, ArrivalLaw law)
    {
        var table = new FactTable(FactColumn.Number("probability"), "arrived by", "after the close");
        foreach (var share in ForecastFacts.Shares)
        {
            var at = law.Quantile(share);
            table.Add(
                Text($"{share * 100:0}%"),
                at is { } after ? Text($"{(session.Close + after).UtcDateTime:yyyy-MM-dd HH:mm} UTC") : $"later than the horizon of {Hours(law.Horizon)}",
                at is { } by ? Hours(by) : "");
        }

        return table;
    }

    private static FactTable Scores(IAnsiConsole to, ArrivalLaw law, TimeSpan window)
    {
        var (table, mark) = (new FactTable("window", FactColumn.Number("score"), ""), to.IsPipe() || !to.Profile.Capabilities.Unicode ? '#' : '█');
        foreach (var score in law.Scores(window).Where(score => score.Probability >= LeastShown))
        {
            var bar = new string(mark, (int)Math.Ceiling(score.Probability * WidestBar));
            table.Add($"{Hours(score.From)} to {Hours(score.To)}", Text($"{score.Probability * 100:0.0}%"), new FactCell(bar, Color.Green));
        }

        table.Add($"not within {Hours(law.Horizon)}", Text($"{law.Missing * 100:0.0}%"), "");
        return table;
    }

    private static (string, FactCell) Next(TickerForecast forecast) => ("next check", forecast switch
    {
        { NextCheckAt: { } next, NextMethod: { } method } => new FactCell(
            Text($"{method.ToString().ToUpperInvariant()} at {next.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {forecast.NextCheckWhy}"), Color.Blue),
        { FoundAt: { } found } => new FactCell(Text($"none; found at {found.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"), Color.Green),
        { State: null } => "none: this session was not opened; one opens when its market closes and `eod serve` runs",
        _ => "none any more",
    });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).TrimEnd();

    private static string Hours(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:00} h");
}
