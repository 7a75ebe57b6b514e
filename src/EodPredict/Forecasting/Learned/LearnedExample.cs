namespace EodPredict.Forecasting.Learned;

/// <summary>
/// One past session as the trees learn from it: what was known at its opening, and between which probabilities of the expert law it arrived.
/// </summary>
internal sealed record LearnedExample
{
    public required DateOnly SessionDate { get; init; }

    public required DateTimeOffset Close { get; init; }

    /// <summary>See <see cref="SessionFeatures"/>.</summary>
    public required float[] Features { get; init; }

    /// <summary>See <see cref="HazardScale.Middles"/>.</summary>
    public required float[] Middles { get; init; }

    /// <summary>The expert law's probability at the last time at which it was known not to be there.</summary>
    public double After { get; init; }

    /// <summary>The expert law's probability when it was found; 1 where it never was.</summary>
    public double By { get; init; } = 1;

    /// <summary>The same session, when it is over.</summary>
    public LearnedExample KnowingThat(ArrivalLaw experts, ArrivalInterval interval) => this with
    {
        After = experts.ProbabilityBy(interval.After),
        By = interval.By is { } by ? experts.ProbabilityBy(by) : 1,
    };
}
