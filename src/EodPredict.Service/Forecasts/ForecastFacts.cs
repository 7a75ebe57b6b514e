using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;

namespace EodPredict.Service.Forecasts;

/// <summary>What is expected of one session, for programs. Instants are in UTC, times since the close in minutes.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="CloseAt">When its market closes.</param>
/// <param name="IsHalfDay">Whether that is earlier than usual.</param>
/// <param name="State">open, found, missed or never; null where the session has not been opened.</param>
/// <param name="SessionsKnown">How many earlier sessions it was made from.</param>
/// <param name="Quantiles">By when it has arrived with which probability.</param>
/// <param name="Windows">The score of each window, from the close to the horizon.</param>
/// <param name="HorizonMinutes">How long it is watched.</param>
/// <param name="Missing">The probability that it does not arrive before the horizon.</param>
/// <param name="FoundAt">When its data was in hand; null where it is not.</param>
/// <param name="NextCheckAt">When the next check is made, or would be; null where there is none.</param>
/// <param name="NextCheckMethod">How it asks: GET, HEAD or STATUSPAGE.</param>
/// <param name="NextCheckWhy">Why then, in a sentence.</param>
internal sealed record ForecastFacts(
    string Dataset, string Ticker, DateOnly SessionDate, DateTimeOffset CloseAt, bool IsHalfDay, string? State, int SessionsKnown,
    IReadOnlyList<ForecastQuantile> Quantiles, IReadOnlyList<ForecastWindow> Windows, double HorizonMinutes, double Missing,
    DateTimeOffset? FoundAt, DateTimeOffset? NextCheckAt, string? NextCheckMethod, string? NextCheckWhy)
{
    /// <summary>The probabilities of which it is told by when they are reached.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <param name="dataset">Its dataset.</param>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="session">The session.</param>
    /// <param name="forecast">What is expected of it.</param>
    /// <param name="window">How wide the windows are.</param>
    public static ForecastFacts Of(Dataset dataset, string ticker, TradingSession session, TickerForecast forecast, TimeSpan window) => new(
        dataset.Name, ticker, session.Date, session.Close.ToUniversalTime(), session.IsHalfDay, forecast.State, forecast.SessionsKnown,
        [.. Shares.Select(share => new ForecastQuantile(
            share, forecast.Law.Quantile(share) is { } at ? (session.Close + at).ToUniversalTime() : null))],
        [.. forecast.Law.Scores(window).Select(score => new ForecastWindow(
            score.From.TotalMinutes, score.To.TotalMinutes, score.Probability))],
        forecast.Law.Horizon.TotalMinutes, forecast.Law.Missing, forecast.FoundAt, forecast.NextCheckAt,
        forecast.NextMethod?.ToString().ToUpperInvariant(), forecast.NextCheckWhy);
}
