namespace EodPredict.Forecasting.Learned;

/// <summary>
/// The windows in which the hazard is learned. They lie on the scale of an expert law's own probabilities, so that a window means the same
/// for every ticker, and are cut so that the expert law itself has the same hazard in each: trees that found nothing change nothing. Pure.
/// </summary>
internal static class HazardScale
{
    /// <summary>How many windows there are; behind the last the expert law stays as it is.</summary>
    public const int Windows = 30;

    /// <summary>The probability, by the expert law, of an arrival in a window that is reached.</summary>
    public const double Hazard = 0.12;

    private static readonly double[] Cut = [.. Enumerable.Range(0, Windows + 1).Select(k => 1 - Math.Pow(1 - Hazard, k))];

    /// <summary>The windows' edges as probabilities, from 0; one more than windows.</summary>
    public static ReadOnlySpan<double> Edges => Cut;

    /// <summary>Minutes since the close at the middle of each window, not a number where the law expects it behind the horizon.</summary>
    public static float[] Middles(ArrivalLaw law)
    {
        var middles = new float[Windows];
        for (var k = 0; k < Windows; k++)
        {
            var middle = (Cut[k] + Cut[k + 1]) / 2;
            middles[k] = middle < 1 - law.Missing ? (float)law.MinutesAt(middle) : float.NaN;
        }

        return middles;
    }
}
