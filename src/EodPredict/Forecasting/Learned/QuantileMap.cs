namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Where the learned law moves the expert law's probabilities: a growing function from [0, 1] onto itself, straight between the edges of
/// <see cref="HazardScale"/>. Immutable.
/// </summary>
internal sealed class QuantileMap
{
    private readonly double[] _at;

    private QuantileMap(double[] at) => _at = at;

    /// <summary>The map of a hazard in each window, blended with no change at all.</summary>
    /// <param name="hazards">The probability of an arrival in each window that is reached, above 0 and below 1.</param>
    /// <param name="share">The share of the hazards, from 0 (nothing changes) to 1.</param>
    public static QuantileMap Of(ReadOnlySpan<float> hazards, double share)
    {
        var at = new double[HazardScale.Windows + 1];
        var waiting = 1.0;
        for (var k = 1; k < at.Length; k++)
        {
            waiting *= 1 - hazards[k - 1];
            at[k] = (share * (1 - waiting)) + ((1 - share) * HazardScale.Edges[k]);
        }

        return new QuantileMap(at);
    }

    /// <summary>What the learned law says where the expert law says <paramref name="probability"/>.</summary>
    public double At(double probability)
    {
        // The edge at or below: 1 - (1 - hazard)^k.
        var place = Math.Log(Math.Max(1 - probability, double.Epsilon)) / Math.Log(1 - HazardScale.Hazard);
        var k = Math.Min((int)place, HazardScale.Windows);
        var (from, to) = (HazardScale.Edges[k], k < HazardScale.Windows ? HazardScale.Edges[k + 1] : 1);
        var (low, high) = (_at[k], k < HazardScale.Windows ? _at[k + 1] : 1);
        return Math.Clamp(low + ((high - low) * (probability - from) / (to - from)), 0, 1);
    }

    /// <summary>The expert law, moved.</summary>
    public ArrivalLaw Apply(ArrivalLaw law)
    {
        var edges = law.Edges;
        Span<double> weights = edges.Length <= 1024 ? stackalloc double[edges.Length - 1] : new double[edges.Length - 1];
        var before = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var by = At(law.Cumulative(edges[i + 1]));
            weights[i] = Math.Max(0, by - before);
            before = by;
        }

        return new ArrivalLaw(edges, weights, Math.Max(0, 1 - before));
    }
}
