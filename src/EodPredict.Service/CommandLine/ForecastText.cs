using System.Globalization;
using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Service.Forecasts;

namespace EodPredict.Service.CommandLine;

/// <summary>A forecast as plain lines.</summary>
internal static class ForecastText
{
    private const double LeastShown = 0.005;
    private const int WidestBar = 40;

    public static void Write(
        TextWriter to, Dataset dataset, string ticker, TradingSession session, TickerForecast forecast, TimeSpan window)
    {
        var halfDay = session.IsHalfDay ? " (half day)" : "";
        Line(to, $"{dataset.Name} {ticker}, session {session.Date:yyyy-MM-dd}");
        Line(to, $"close: {session.Close.UtcDateTime:yyyy-MM-dd HH:mm} UTC{halfDay}");
        Line(to, $"state: {forecast.State ?? "not opened"}; made from {forecast.SessionsKnown} earlier sessions");
        foreach (var quantile in ForecastFacts.Shares)
        {
            Line(to, forecast.Law.Quantile(quantile) is { } at
                ? $"{quantile * 100,3:0}% by {(session.Close + at).UtcDateTime:yyyy-MM-dd HH:mm} UTC, {Hours(at)} after the close"
                : (FormattableString)$"{quantile * 100,3:0}% later than the horizon of {Hours(forecast.Law.Horizon)}");
        }

        Line(to, $"scores by window of {Hours(window)} after the close:");
        foreach (var score in forecast.Law.Scores(window).Where(score => score.Probability >= LeastShown))
        {
            var bar = new string('#', (int)Math.Ceiling(score.Probability * WidestBar));
            Line(to, $"  {Hours(score.From),6} to {Hours(score.To),6}  {score.Probability * 100,5:0.0}%  {bar}");
        }

        Line(to, $"  not within {Hours(forecast.Law.Horizon)}: {forecast.Law.Missing * 100:0.0}%");
        Line(to, forecast switch
        {
            { NextCheckAt: { } next, NextMethod: { } method } =>
                $"next check: {method.ToString().ToUpperInvariant()} at {next.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {forecast.NextCheckWhy}",
            { FoundAt: { } found } => $"found at {found.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; no further check",
            { State: null } => (FormattableString)$"no check: this session was not opened; one opens when its market closes and eod serve runs",
            _ => (FormattableString)$"no further check",
        });
    }

    private static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());

    private static string Hours(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:00} h");
}
