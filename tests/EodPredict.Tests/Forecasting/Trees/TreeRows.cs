using EodPredict.Forecasting.Trees;

namespace EodPredict.Tests.Forecasting.Trees;

/// <summary>Rows of a known rule, with missing values and with values that stand on thresholds.</summary>
internal static class TreeRows
{
    public const int Features = 5;

    /// <summary>Rows with noise; the same seed gives the same rows.</summary>
    public static TrainingRows Of(TreeObjective objective, int count, int seed, bool isWeighted = false, TrainingRows? later = null)
    {
        var random = new Random(seed);
        var features = new float[count * Features];
        var labels = new float[count];
        for (var row = 0; row < count; row++)
        {
            var values = features.AsSpan(row * Features, Features);
            Fill(values, random);
            var score = Score(values) + random.NextDouble() - 0.5;
            labels[row] = objective == TreeObjective.SquaredError ? (float)score : random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        float[]? weights = isWeighted ? [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2)] : null;
        return new TrainingRows(Features, features, labels, weights, later);
    }

    /// <summary>The rule, without noise.</summary>
    public static double Score(ReadOnlySpan<float> row)
    {
        var first = float.IsNaN(row[0]) ? -1 : row[0];
        var second = float.IsNaN(row[1]) ? 2 : row[1];
        return first + (second > 0.25f ? 1.5 : -1) - (row[2] == 3 ? 2 : 0);
    }

    /// <summary>Feature 2 is a small integer, feature 3 has many decimals, a tenth is missing.</summary>
    private static void Fill(Span<float> row, Random random)
    {
        row[0] = MathF.Round((random.NextSingle() * 4) - 2, 1);
        row[1] = (random.NextSingle() * 2) - 1;
        row[2] = random.Next(6);
        row[3] = random.NextSingle() * 1e-3f;
        row[4] = random.Next(2) == 0 ? 0 : (random.NextSingle() - 0.5f) * 1e6f;
        if (random.Next(2) == 0)
            row[random.Next(Features)] = float.NaN;
    }

    /// <summary>Every threshold of the ensemble, and the numbers next to it, as the feature that it is for; the rest is random or missing.</summary>
    public static float[] OnThresholds(TreeEnsembleParts parts, int seed)
    {
        var random = new Random(seed);
        var rows = new List<float>();
        for (var split = 0; split < parts.Features.Length; split++)
        {
            var threshold = parts.Thresholds[split];
            foreach (var value in new[] { MathF.BitDecrement(threshold), threshold, MathF.BitIncrement(threshold), 0, -0f, float.NaN })
            {
                var row = new float[Features];
                Fill(row, random);
                row[parts.Features[split]] = float.IsInfinity(value) ? threshold : value;
                rows.AddRange(row);
            }
        }

        return [.. rows];
    }
}
