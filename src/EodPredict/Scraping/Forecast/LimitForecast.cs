namespace EodPredict.Scraping.Forecast;

/// <summary>The forecast of an endpoint's limit in one window, in requests per second.</summary>
/// <param name="Begin">When the window begins.</param>
/// <param name="Rate">What the limit exceeds as likely as not.</param>
/// <param name="Low">What it exceeds with 90%.</param>
/// <param name="High">What it exceeds with 10%.</param>
/// <param name="Source">What this rests on.</param>
public sealed record LimitForecast(DateTimeOffset Begin, double Rate, double Low, double High, LimitSource Source);
