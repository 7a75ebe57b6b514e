namespace EodPredict.Forecasting.Nowcasting;

/// <summary>A law cut into a few points, each with its share: dense where the law is.</summary>
internal readonly ref struct LawPoints
{
    private const int AtMost = 48;

    private LawPoints(ReadOnlySpan<double> places, ReadOnlySpan<double> shares, double spread)
    {
        Places = places;
        Shares = shares;
        Spread = spread;
    }

    /// <summary>Minutes.</summary>
    public ReadOnlySpan<double> Places { get; }

    /// <summary>The share of each point.</summary>
    public ReadOnlySpan<double> Shares { get; }

    /// <summary>How wide the law is: the sum over its windows of the root of probability times width, in root minutes.</summary>
    public double Spread { get; }

    /// <summary>The point in the middle of the shares.</summary>
    public double Median
    {
        get
        {
            var half = 0.0;
            foreach (var share in Shares)
            {
                half += share / 2;
            }

            var sum = 0.0;
            for (var i = 0; i < Places.Length; i++)
            {
                sum += Shares[i];
                if (sum >= half)
                {
                    return Places[i];
                }
            }

            return Places[^1];
        }
    }

    /// <summary>Cuts windows with their probabilities.</summary>
    public static LawPoints Of(ReadOnlySpan<double> edges, ReadOnlySpan<double> probabilities)
    {
        var spread = 0.0;
        for (var w = 0; w < probabilities.Length; w++)
        {
            spread += Math.Sqrt(probabilities[w] * (edges[w + 1] - edges[w]));
        }

        var (places, shares) = (new double[AtMost + 1], new double[AtMost + 1]);
        var (count, share, moment, run) = (0, 0.0, 0.0, 0.0);
        for (var w = 0; w < probabilities.Length; w++)
        {
            share += probabilities[w];
            moment += probabilities[w] * (edges[w] + edges[w + 1]) / 2;
            run += Math.Sqrt(probabilities[w] * (edges[w + 1] - edges[w]));
            if (run < spread / AtMost && w < probabilities.Length - 1)
            {
                continue;
            }

            if (share > 0 && count < places.Length)
            {
                (places[count], shares[count++]) = (moment / share, share);
            }

            (share, moment, run) = (0, 0, Math.Max(0, run - (spread / AtMost)));
        }

        return new(places.AsSpan(0, count), shares.AsSpan(0, count), spread);
    }

    /// <summary>Cuts a law; what it calls missing is left out.</summary>
    public static LawPoints Of(ArrivalLaw law)
    {
        var probabilities = new double[law.Edges.Length - 1];
        for (var w = 0; w < probabilities.Length; w++)
        {
            probabilities[w] = law.Cumulative(law.Edges[w + 1]) - law.Cumulative(law.Edges[w]);
        }

        return Of(law.Edges, probabilities);
    }
}
