namespace EodPredict.Benchmarks;

/// <summary>What several rounds come to.</summary>
internal static class Statistic
{
    /// <param name="values">At least one.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
