namespace EodPredict.Forecasting.Models;

/// <summary>How a law did on one thing that came to be known, mostly as an interval.</summary>
/// <param name="LogScore">The negated logarithm of the probability that it gave to what came.</param>
/// <param name="After">The law's probability up to the interval's begin.</param>
/// <param name="By">The same up to its end.</param>
internal readonly record struct ScoredForecast(double LogScore, double After, double By);
