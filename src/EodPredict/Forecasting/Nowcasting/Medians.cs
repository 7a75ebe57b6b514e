namespace EodPredict.Forecasting.Nowcasting;

/// <summary>The middle of some numbers.</summary>
internal static class Medians
{
    /// <summary>The median, of an even count the mean of the two in the middle; zero where there are none.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
