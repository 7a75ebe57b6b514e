using System.Globalization;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Models;

/// <summary>What happens to a model once it is fitted and scored: it is kept, and serves where the gate agrees; both are noted.</summary>
/// <param name="models">Where it is kept.</param>
/// <param name="plain">What serves where no model does, such as <c>the experts alone</c>.</param>
/// <param name="seen">What it was scored on, such as <c>sessions</c>.</param>
internal sealed class ModelDecision(ModelStore models, string plain, string seen)
{
    /// <summary>Decides on a model.</summary>
    /// <param name="manifest">What it says of itself; version and hash are filled in here.</param>
    /// <param name="trees">Its trees.</param>
    public TrainingOutcome Take(ModelManifest manifest, TreeEnsemble trees)
    {
        var name = manifest.Dataset;
        var version = manifest.TrainedAt.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var kept = models.Add(manifest with { Version = Free(name, version) }, trees);
        var isPromoted = PromotionGate.MayServe(kept.Scores);
        var reason = Reason(kept.Scores, isPromoted);
        var what = new ModelEvent(manifest.TrainedAt, isPromoted ? ModelActions.Promoted : ModelActions.Refused, kept.Version, reason);
        if (isPromoted)
        {
            models.Promote(name, kept.Version, what);
        }
        else
        {
            models.Note(name, what);
        }

        return new TrainingOutcome(name, kept, isPromoted, reason);
    }

    private string Free(string name, string version)
    {
        var taken = models.List(name).Select(m => m.Version).ToHashSet();
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? version : $"{version}-{n}").First(v => !taken.Contains(v));
    }

    private string Reason(ModelScores scores, bool isPromoted) => string.Create(CultureInfo.InvariantCulture,
        $"Log score {scores.Challenger:0.000} on {scores.Sessions} later {seen}, against {scores.Experts:0.000} of {plain}"
        + $"{(scores.Champion is { } champion ? $" and {champion:0.000} of the champion" : "")}: "
        + $"{Math.Abs(scores.Difference):0.000} {(scores.Difference < 0 ? "better" : "worse")} a date, "
        + $"at most {scores.DifferenceAtMost:+0.000;-0.000} with 95%. "
        + $"{Costs(scores)}"
        + $"{(isPromoted ? "It serves from now on." : "What served goes on serving.")}");

    private string Costs(ModelScores scores) => scores.Costs is not { } costs ? "" : string.Create(CultureInfo.InvariantCulture,
        $"Checks would have cost {costs.Challenger:0.00} a session, by {plain} {costs.Experts:0.00}, "
        + $"by the best quantile rule {costs.Quantile:0.00}. "
        + $"{(PromotionGate.IsDearer(scores) ? "That is dearer than what serves. " : "")}");
}
