namespace EodPredict.Scraping.Forecast;

/// <summary>
/// A forecast of the logarithm of a limit: the logistic law, whose tails forgive a day that is out of line. Immutable.
/// </summary>
/// <param name="Mean">Its mean and median.</param>
/// <param name="Deviation">Its standard deviation, above 0.</param>
internal readonly record struct LimitLaw(double Mean, double Deviation)
{
    private const double Impossible = 1e-9;

    // The standard deviation of the logistic law of scale 1.
    private static readonly double Unit = Math.PI / Math.Sqrt(3);

    private double Scale => Deviation / Unit;

    /// <summary>The probability that the logarithm is at most this.</summary>
    public double ProbabilityBelow(double logarithm) =>
        double.IsPositiveInfinity(logarithm) ? 1 : 1 / (1 + Math.Exp((Mean - logarithm) / Scale));

    /// <summary>What the logarithm is below with a probability, which is above 0 and below 1.</summary>
    public double Quantile(double probability) => Mean + (Scale * Math.Log(probability / (1 - probability)));

    /// <summary>The logarithm, negated, of the probability of what was seen; smaller is better.</summary>
    public double LogScore(ObservedWindow seen) =>
        -Math.Log(Math.Max(Impossible, ProbabilityBelow(seen.High) - ProbabilityBelow(seen.Low)));
}
