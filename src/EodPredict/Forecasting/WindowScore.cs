namespace EodPredict.Forecasting;

/// <summary>The probability that the data arrives in one window, as time since the close: after <paramref name="From"/>, at the latest at <paramref name="To"/>.</summary>
public readonly record struct WindowScore(TimeSpan From, TimeSpan To, double Probability);
