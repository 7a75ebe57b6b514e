namespace EodPredict.Forecasting;

/// <summary>How far from a past arrival the next one may fall: an exponential density of this scale, on both sides or only later.</summary>
/// <param name="Minutes">The scale, above zero.</param>
/// <param name="OnlyLater">Whether the next arrival can only be later, as a job that was held up is.</param>
internal readonly record struct ArrivalKernel(double Minutes, bool OnlyLater)
{
    private const int StepsPerUnit = 64;
    private const int Units = 24;

    private static readonly double[] Decays = [.. Enumerable.Range(0, (Units * StepsPerUnit) + 2).Select(i => Math.Exp(-(double)i / StepsPerUnit))];

    /// <summary>The probability of falling at most this many minutes after the past arrival (before it, where negative).</summary>
    public double Cumulative(double distance)
    {
        if (OnlyLater)
        {
            return distance <= 0 ? 0 : 1 - Decay(distance / Minutes);
        }

        return distance < 0 ? 0.5 * Decay(-distance / Minutes) : 1 - (0.5 * Decay(distance / Minutes));
    }

    // exp(-x) to 3e-5, from a table: the experts ask for it some ten thousand times a session.
    private static double Decay(double x)
    {
        if (x >= Units)
        {
            return 0;
        }

        var place = x * StepsPerUnit;
        var low = (int)place;
        return Decays[low] + ((Decays[low + 1] - Decays[low]) * (place - low));
    }
}
