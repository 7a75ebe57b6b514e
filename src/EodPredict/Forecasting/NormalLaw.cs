namespace EodPredict.Forecasting;

/// <summary>The standard normal law.</summary>
internal static class NormalLaw
{
    /// <summary>P(Z at most x), to 7.5e-8 (Abramowitz and Stegun, 26.2.17).</summary>
    public static double Cumulative(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var poly = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var upper = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * poly;
        return x >= 0 ? 1 - upper : upper;
    }
}
