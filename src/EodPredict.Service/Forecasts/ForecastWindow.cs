namespace EodPredict.Service.Forecasts;

/// <summary>The score of one window of time.</summary>
/// <param name="FromMinutes">Its begin, in minutes since the close; excluded.</param>
/// <param name="ToMinutes">Its end, in minutes since the close; included.</param>
/// <param name="Score">The probability that the data arrives in it.</param>
internal sealed record ForecastWindow(double FromMinutes, double ToMinutes, double Score);
