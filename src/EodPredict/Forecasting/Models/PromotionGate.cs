using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// Decides whether a challenger may serve: scored on sessions that it was not fitted to, against the champion and the law without any
/// model, in pairs, one pair a date, because what falls on one date errs together. Pure.
/// </summary>
internal static class PromotionGate
{
    // How much worse, in nats a session, a model could be without anybody noticing it in what checks cost.
    private const double Tolerance = 0.02;

    // The part of what checks cost by which a model that foretells better may be dearer: what differs by less is chance.
    private const double CostTolerance = 0.01;

    /// <summary>The scores of laws of arrivals on a later block, which must not be empty.</summary>
    public static ModelScores Score(LearnedHazard challenger, LearnedHazard? champion, IReadOnlyList<LearnedExample> later) => Score(
        [.. later.Select(example => new ScoredCase(
            example.SessionDate, LawCoverage.Score(null, example), champion is null ? null : LawCoverage.Score(champion, example),
            LawCoverage.Score(challenger, example)))]);

    /// <summary>The scores of forecasts of any kind on a later block, which must not be empty.</summary>
    public static ModelScores Score(IReadOnlyList<ScoredCase> later)
    {
        var plain = later.Average(one => one.Plain.LogScore);
        var reigning = later[0].Champion is null ? (double?)null : later.Average(one => one.Champion!.Value.LogScore);
        var isRival = reigning < plain;
        var (mean, atMost) = PairedDifference.Of(later.Select(one =>
            (one.Date, one.Challenger.LogScore - (isRival ? one.Champion!.Value : one.Plain).LogScore)));
        ScoredForecast[] challenger = [.. later.Select(one => one.Challenger)];
        return new ModelScores
        {
            From = later.Min(one => one.Date),
            To = later.Max(one => one.Date),
            Sessions = later.Count,
            Experts = plain,
            Champion = reigning,
            Challenger = challenger.Average(one => one.LogScore),
            Difference = mean,
            DifferenceAtMost = atMost,
            Coverage50 = LawCoverage.Of(challenger, 0.5),
            Coverage80 = LawCoverage.Of(challenger, 0.8),
            Coverage95 = LawCoverage.Of(challenger, 0.95),
            Calibration = LawCoverage.Spread(challenger, ModelScores.Bands),
            ExpertsCalibration = LawCoverage.Spread([.. later.Select(one => one.Plain)], ModelScores.Bands),
        };
    }

    /// <summary>
    /// Whether a challenger may serve: it foretells better on average, even at the bad end of the doubt hardly worse, and checks planned by
    /// it do not cost more.
    /// </summary>
    public static bool MayServe(ModelScores scores) => scores.Difference < 0 && scores.DifferenceAtMost <= Tolerance && !IsDearer(scores);

    /// <summary>Whether checks planned by it would have cost more than by what serves.</summary>
    public static bool IsDearer(ModelScores scores) =>
        scores.Costs is { } costs && costs.Difference > CostTolerance * (costs.Challenger - costs.Difference);
}
