namespace EodPredict.Forecasting.Models;

/// <summary>The mean of differences in pairs, one pair a date, because what falls on one date errs together. Pure.</summary>
internal static class PairedDifference
{
    private const double Normal95 = 1.645;

    /// <summary>The mean over dates of their mean differences, and the upper end of its 95% interval; there is at least one.</summary>
    public static (double Mean, double AtMost) Of(IEnumerable<(DateOnly Date, double Difference)> pairs)
    {
        var dates = pairs.GroupBy(pair => pair.Date).Select(date => date.Average(pair => pair.Difference)).ToArray();
        var mean = dates.Average();
        var deviation = Math.Sqrt(dates.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, dates.Length - 1));
        return (mean, mean + (Normal95 * deviation / Math.Sqrt(dates.Length)));
    }
}
