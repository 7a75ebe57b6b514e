namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>Draws that the framework does not have.</summary>
internal static class Chance
{
    /// <summary>A standard normal number, by Box and Muller.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>An exponential number of the given mean.</summary>
    public static double Exponential(Random random, double mean) => -Math.Log(1 - random.NextDouble()) * mean;
}
