namespace EodPredict.Forecasting;

/// <summary>How far from a past arrival the next one may fall: an exponential density of this scale, on both sides or only later.</summary>
/// <param name="Minutes">The scale, above zero.</param>
/// <param name="OnlyLater">Whether the next arrival can only be later, as a job that was held up is.</param>
internal readonly record struct ArrivalKernel(double Minutes, bool OnlyLater);
