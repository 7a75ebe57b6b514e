namespace EodPredict.Scraping.Pace;

/// <summary>What a <see cref="PaceController"/> is told before it starts: bounds and knowledge. One setting serves every server.</summary>
public sealed record PaceSettings
{
    /// <summary>The most requests per second; above 0. Default: no bound.</summary>
    public double MaxPace { get; init; } = double.PositiveInfinity;

    /// <summary>The most requests in flight; at least 1. Default: no bound.</summary>
    public int MaxInFlight { get; init; } = int.MaxValue;

    /// <summary>
    /// The limit that was learned for this time of day, in requests per second, above 0. It is where the controller starts, and no more:
    /// what the server does overrules it. Default: none, which starts with one request.
    /// </summary>
    public double? LearnedRate { get; init; }

    internal void Validate()
    {
        if (!(MaxPace > 0) || MaxInFlight < 1 || LearnedRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
        {
            throw new ArgumentException(
                $"A pace of at most {MaxPace}/s with at most {MaxInFlight} in flight and a learned rate of {LearnedRate}/s cannot be kept: "
                + "all must be above zero.");
        }
    }
}
