using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// Decides whether a challenger may serve: scored on sessions that it was not fitted to, against the champion and the experts alone, in
/// pairs, one pair a session date, because the tickers of one date err together. Pure.
/// </summary>
internal static class PromotionGate
{
    // How much worse, in nats a session, a model could be without anybody noticing it in what checks cost.
    private const double Tolerance = 0.02;
    private const double Normal95 = 1.645;

    /// <summary>The scores on a later block, which must not be empty.</summary>
    public static ModelScores Score(LearnedHazard challenger, LearnedHazard? champion, IReadOnlyList<LearnedExample> later)
    {
        var experts = HazardFit.Score(null, later);
        var reigning = champion is null ? (double?)null : HazardFit.Score(champion, later);
        var rival = reigning < experts ? champion : null;
        var differences = later.GroupBy(e => e.SessionDate)
            .Select(date => HazardFit.Score(challenger, [.. date]) - HazardFit.Score(rival, [.. date])).ToArray();
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Length - 1));
        return new ModelScores
        {
            From = later.Min(e => e.SessionDate),
            To = later.Max(e => e.SessionDate),
            Sessions = later.Count,
            Experts = experts,
            Champion = reigning,
            Challenger = HazardFit.Score(challenger, later),
            Difference = mean,
            DifferenceAtMost = mean + (Normal95 * deviation / Math.Sqrt(differences.Length)),
            Coverage50 = LawCoverage.Of(challenger, later, 0.5),
            Coverage80 = LawCoverage.Of(challenger, later, 0.8),
            Coverage95 = LawCoverage.Of(challenger, later, 0.95),
            Calibration = LawCoverage.Spread(challenger, later, ModelScores.Bands),
            ExpertsCalibration = LawCoverage.Spread(null, later, ModelScores.Bands),
        };
    }

    /// <summary>Whether a challenger may serve: it is better on average, and even at the bad end of the doubt hardly worse.</summary>
    public static bool MayServe(ModelScores scores) => scores.Difference < 0 && scores.DifferenceAtMost <= Tolerance;
}
