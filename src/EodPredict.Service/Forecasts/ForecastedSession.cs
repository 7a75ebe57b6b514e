using EodPredict.Providers;
using EodPredict.Providers.Calendars;

namespace EodPredict.Service.Forecasts;

/// <summary>Which session a forecast is asked of.</summary>
internal static class ForecastedSession
{
    /// <summary>The session of a date, or the last that has closed.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="symbol">The ticker.</param>
    /// <param name="date">The session date; null: the last that has closed.</param>
    /// <param name="calendars">The markets' sessions.</param>
    /// <param name="now">What counts as closed.</param>
    /// <param name="fault">Where there is none: why, in a sentence; else empty.</param>
    public static TradingSession? Find(
        Dataset dataset, string symbol, DateOnly? date, MarketCalendars calendars, DateTimeOffset now, out string fault)
    {
        fault = "";
        if (dataset.Tickers.FirstOrDefault(known => known.Symbol == symbol) is not { } ticker)
        {
            fault = $"No ticker '{symbol}' is configured in {dataset.Name}.";
            return null;
        }

        var calendar = calendars.Get(ticker.Calendar);
        if (date is not { } day)
        {
            return calendar.LastClosedBy(now);
        }

        var session = calendar.SessionOn(day);
        fault = session is null ? $"{day:yyyy-MM-dd} is no session of {ticker.Calendar}." : "";
        return session;
    }
}
