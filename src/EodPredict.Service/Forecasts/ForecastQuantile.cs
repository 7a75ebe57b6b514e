namespace EodPredict.Service.Forecasts;

/// <summary>By when a session's data has arrived with a probability.</summary>
/// <param name="Share">The probability.</param>
/// <param name="At">By when; null where that is behind the horizon.</param>
internal sealed record ForecastQuantile(double Share, DateTimeOffset? At);
