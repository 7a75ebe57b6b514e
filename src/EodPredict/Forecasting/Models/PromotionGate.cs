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
    private const double Normal95 = 1.645;

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
        var differences = later.GroupBy(one => one.Date)
            .Select(date => date.Average(one => one.Challenger.LogScore - (isRival ? one.Champion!.Value : one.Plain).LogScore)).ToArray();
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Length - 1));
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
            DifferenceAtMost = mean + (Normal95 * deviation / Math.Sqrt(differences.Length)),
            Coverage50 = LawCoverage.Of(challenger, 0.5),
            Coverage80 = LawCoverage.Of(challenger, 0.8),
            Coverage95 = LawCoverage.Of(challenger, 0.95),
            Calibration = LawCoverage.Spread(challenger, ModelScores.Bands),
            ExpertsCalibration = LawCoverage.Spread([.. later.Select(one => one.Plain)], ModelScores.Bands),
        };
    }

    /// <summary>Whether a challenger may serve: it is better on average, and even at the bad end of the doubt hardly worse.</summary>
    public static bool MayServe(ModelScores scores) => scores.Difference < 0 && scores.DifferenceAtMost <= Tolerance;
}
