namespace EodPredict.Forecasting;

/// <summary>A rule of thumb: a first GET at a quantile of past arrivals, then one at a fixed gap. Minutes since the close. Pure.</summary>
public static class QuantileRule
{
    /// <summary>How many arrivals it looks back on.</summary>
    public const int Window = 60;

    /// <summary>The quantiles that people try.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9];

    /// <summary>The gaps that people try, in minutes.</summary>
    public static IReadOnlyList<double> Gaps { get; } = [3, 5, 10, 15, 20, 30, 45, 60];

    /// <summary>The order statistic that people take for a quantile.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Min((int)(share * sorted.Count), sorted.Count - 1)];

    /// <summary>The GETs and the minutes of delay of checking first at one time and then at a gap, giving up at the horizon.</summary>
    public static (double Gets, double Delay) Evaluate(double first, double gap, double arrival, double horizon)
    {
        if (arrival > horizon)
        {
            return (Math.Max(1, Math.Floor((horizon - first) / gap) + 1), 0);
        }

        if (arrival <= first)
        {
            return (1, first - arrival);
        }

        var more = Math.Ceiling((arrival - first) / gap);
        return (1 + more, first + (more * gap) - arrival);
    }
}
