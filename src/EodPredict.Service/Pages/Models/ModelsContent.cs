using EodPredict.Forecasting.Models;

namespace EodPredict.Service.Pages.Models;

/// <summary>What the page of models shows.</summary>
public sealed record ModelsContent : PageContent
{
    /// <summary>The datasets that are configured.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>The one shown; empty where none is configured.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its models, the newest first.</summary>
    public IReadOnlyList<ModelManifest> Models { get; init; } = [];

    /// <summary>The version that serves; null: the experts alone.</summary>
    public string? Champion { get; init; }

    /// <summary>The one looked at closely; null where there is none.</summary>
    public ModelManifest? Shown { get; init; }

    /// <summary>What was decided, the newest first.</summary>
    public IReadOnlyList<ModelEvent> History { get; init; } = [];

    /// <summary>Why models cannot be read; null where they can.</summary>
    public string? Fault { get; init; }

    public NumberTable ScoreNumbers => new(
        "scores", "Log scores on sessions later than those fitted to, in nats; smaller is better",
        ["version", "fitted_to", "sessions", "model", "experts", "champion_of_then", "worse_by", "worse_by_at_most", "inside_50",
            "inside_80", "inside_95"],
        [.. Models.Select(m => new object?[]
        {
            m.Version, m.FittedTo, m.Scores.Sessions, m.Scores.Challenger, m.Scores.Experts, m.Scores.Champion, m.Scores.Difference,
            m.Scores.DifferenceAtMost, m.Scores.Coverage50, m.Scores.Coverage80, m.Scores.Coverage95,
        })]);

    public NumberTable CalibrationNumbers => new(
        "calibration", "How many arrivals had come by the time the law gave them this probability", ["expected", "model", "experts"],
        [.. Cumulated(Shown?.Scores.Calibration).Zip(Cumulated(Shown?.Scores.ExpertsCalibration))
            .Select(pair => new object?[] { pair.First.X, pair.First.Y, pair.Second.Y })]);

    public NumberTable ImportanceNumbers => new(
        "importance", "The share of the gain that each feature brought", ["feature", "share_of_gain"],
        [.. Importance.Select(feature => new object?[] { feature.Name, feature.Share })]);

    public override IEnumerable<NumberTable> Tables => [ScoreNumbers, CalibrationNumbers, ImportanceNumbers];

    internal IEnumerable<(string Name, double Share)> Importance =>
        Shown is null ? [] : Shown.Features.Zip(Shown.Importance).OrderByDescending(feature => feature.Second);

    /// <summary>From shares of tenths to shares up to each of their ends; begins at (0, 0).</summary>
    internal static IReadOnlyList<(double X, double Y)> Cumulated(IReadOnlyList<double>? shares)
    {
        var points = new List<(double, double)> { (0, 0) };
        var sum = 0.0;
        foreach (var (i, share) in (shares ?? []).Index())
        {
            sum += share;
            points.Add(((i + 1.0) / shares!.Count, sum));
        }

        return points;
    }
}
