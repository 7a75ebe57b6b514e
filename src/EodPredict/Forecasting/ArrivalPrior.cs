using EodPredict.Providers;

namespace EodPredict.Forecasting;

/// <summary>Laws for a ticker of which nothing, or little, has been seen. Pure; safe from any thread.</summary>
public static class ArrivalPrior
{
    private const int Windows = 240;

    // A documented time is kept to within a factor of 1.5 two times in three; one time in five it is not the ticker's time at all.
    private const double DocumentedSpread = 0.4;
    private const double DocumentedShare = 0.8;
    private const double Missing = 0.01;

    /// <summary>What is believed of a dataset's tickers before anything was seen: what the provider documents, or nothing.</summary>
    public static ArrivalLaw Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.PublicationDelay is { } delay ? Documented(delay, dataset.Horizon) : Unknown(dataset.Horizon);
    }

    /// <summary>Nothing is known: anywhere up to the horizon, thinner the later.</summary>
    public static ArrivalLaw Unknown(TimeSpan horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        return ArrivalLaw.Broad(0, horizon.TotalMinutes, Missing);
    }

    /// <summary>The provider documents when it publishes: log-normal around that time since the close, over a broad ground.</summary>
    /// <param name="delay">The documented time since the close; zero or less is taken as one minute.</param>
    /// <param name="horizon">The end of the law.</param>
    public static ArrivalLaw Documented(TimeSpan delay, TimeSpan horizon)
    {
        var ground = Unknown(horizon);
        var (median, end) = (Math.Max(1, delay.TotalMinutes), horizon.TotalMinutes);
        var edges = Edges(median, end);
        var weights = new double[edges.Length - 1];
        for (var i = 0; i < weights.Length; i++)
        {
            var near = LogNormal(edges[i + 1], median) - LogNormal(edges[i], median);
            weights[i] = (DocumentedShare * near) + ((1 - DocumentedShare) * (ground.Cumulative(edges[i + 1]) - ground.Cumulative(edges[i])));
        }

        return new ArrivalLaw(edges, weights, Math.Max(Missing, 1 - weights.Sum()));
    }

    /// <summary>What the provider's other tickers do today, for one that is new: their laws' average over the given ground.</summary>
    /// <param name="others">The laws of the other tickers; may be empty.</param>
    /// <param name="ground">What would be believed without them; counts as one law.</param>
    public static ArrivalLaw Pool(IReadOnlyList<ArrivalLaw> others, ArrivalLaw ground)
    {
        if (others.Count == 0)
        {
            return ground;
        }

        var marks = new SortedSet<double>(ground.Edges.ToArray());
        foreach (var law in others)
        {
            for (var share = 1; share < Windows; share++)
            {
                if (law.Quantile((double)share / Windows) is { } at && at < ground.Horizon)
                {
                    marks.Add(Math.Round(at.TotalMinutes));
                }
            }
        }

        var edges = marks.ToArray();
        var weights = new double[edges.Length - 1];
        var missing = 0.0;
        foreach (var law in others.Append(ground))
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += Math.Max(0, law.Cumulative(edges[i + 1]) - law.Cumulative(edges[i]));
            }

            missing += 1 - law.Cumulative(edges[^1]);
        }

        return new ArrivalLaw(edges, weights, missing);
    }

    /// <summary>
    /// Two laws at once: where the first is right with a probability, and otherwise the second. It ends where the second does.
    /// </summary>
    internal static ArrivalLaw Mixed(ArrivalLaw one, ArrivalLaw other, double share)
    {
        var end = other.Edges[^1];
        var edges = new List<double>(one.Edges.Length + other.Edges.Length);
        var (i, j) = (0, 0);
        while (j < other.Edges.Length)
        {
            var next = i < one.Edges.Length && one.Edges[i] < other.Edges[j] ? one.Edges[i++] : other.Edges[j++];
            if (next <= end && (edges.Count == 0 || next > edges[^1]))
            {
                edges.Add(next);
            }
        }

        var weights = new double[edges.Count - 1];
        for (var w = 0; w < weights.Length; w++)
        {
            var first = one.Cumulative(edges[w + 1]) - one.Cumulative(edges[w]);
            var second = other.Cumulative(edges[w + 1]) - other.Cumulative(edges[w]);
            weights[w] = Math.Max(0, (share * first) + ((1 - share) * second));
        }

        return new ArrivalLaw([.. edges], weights, (share * Math.Max(0, 1 - one.Cumulative(end))) + ((1 - share) * other.Missing));
    }

    /// <summary>Nothing is known but that it is near the middle of the range rather than far: thinner to both sides, as 1 / (20 minutes + the distance).</summary>
    internal static ArrivalLaw AroundMiddle(TimeSpan range)
    {
        const int windows = 60;
        const double near = 20;
        var middle = range.TotalMinutes / 2;
        var growth = Math.Log(1 + (middle / near)) / windows;
        var edges = new double[(2 * windows) + 1];
        for (var i = 0; i <= windows; i++)
        {
            var distance = i == windows ? middle : near * (Math.Exp(growth * i) - 1);
            (edges[windows - i], edges[windows + i]) = (middle - distance, middle + distance);
        }

        var weights = new double[2 * windows];
        Array.Fill(weights, (1 - Missing) / weights.Length);
        return new ArrivalLaw(edges, weights, Missing);
    }

    // Even in the logarithm around the documented time, so that windows are finest where the probability is.
    private static double[] Edges(double median, double end)
    {
        var edges = new List<double> { 0 };
        for (var i = -Windows / 2; i <= Windows / 2; i++)
        {
            var edge = median * Math.Exp(i * 8 * DocumentedSpread / Windows);
            if (edge < end)
            {
                edges.Add(edge);
            }
        }

        for (var edge = edges[^1] + 15; edge < end; edge += 15)
        {
            edges.Add(edge);
        }

        edges.Add(end);
        return [.. edges];
    }

    private static double LogNormal(double at, double median) => at <= 0 ? 0 : NormalLaw.Cumulative(Math.Log(at / median) / DocumentedSpread);
}
