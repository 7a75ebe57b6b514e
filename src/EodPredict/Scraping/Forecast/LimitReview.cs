using EodPredict.Forecasting.Models;

namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Writes a model of endpoints' limits and what it foretold as files that are read without this program. Safe for concurrent use.
/// </summary>
public sealed class LimitReview(ModelStore models, LimitTraining training, TimeProvider time)
{
    /// <summary>Writes the files into a folder, over those of an earlier time.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="ModelFaultException">The model cannot be used.</exception>
    public async Task<IReadOnlyList<string>> ExportAsync(string version, string folder, CancellationToken cancellationToken)
    {
        var stored = models.Load(LimitForecasts.Model, version);
        var (manifest, model) = (stored.Manifest, new LearnedLimit(stored.Trees, stored.Manifest.Share, stored.Manifest.Spread));
        var files = await ModelFiles.WriteAsync(models, manifest, folder, cancellationToken);
        var walked = await training.WalkAsync(time.GetUtcNow(), cancellationToken);
        await ModelFiles.TableAsync(
            folder, "forecasts.csv",
            ["endpoint", "window_utc", "foretold_at_utc", "law", "is_later_block", "q10_per_second", "q50_per_second", "q90_per_second",
                "at_least_per_second", "at_most_per_second", "place_after", "place_by", "log_score"],
            walked.SelectMany(example => Forecasts(example, model, manifest)), cancellationToken);
        var later = walked.Where(example => example.Date >= manifest.Scores.From).ToList();
        await ModelFiles.TableAsync(
            folder, "calibration.csv", ["law", "place_from", "place_to", "share", "windows"],
            Calibration(later, "profile", null).Concat(Calibration(later, "model", model)), cancellationToken);
        return [.. files, "forecasts.csv", "calibration.csv"];
    }

    // Two rows a window: of the profile alone, and of the model.
    private static IEnumerable<object?[]> Forecasts(LimitExample example, LearnedLimit model, ModelManifest manifest)
    {
        foreach (var (name, used) in new[] { ("profile", null), ("model", model) })
        {
            var law = used?.Law(example.Profile, example.Features) ?? example.Profile;
            var score = LimitTrees.Score(used, example);
            yield return
            [
                example.Endpoint, example.Seen.Begin, example.At, name, example.Date >= manifest.Scores.From ? 1 : 0,
                Math.Exp(law.Quantile(0.1)), Math.Exp(law.Mean), Math.Exp(law.Quantile(0.9)),
                Math.Exp(example.Seen.Low), example.Seen.IsTouched ? Math.Exp(example.Seen.High) : null,
                score.After, score.By, score.LogScore,
            ];
        }
    }

    private static IEnumerable<object?[]> Calibration(List<LimitExample> later, string name, LearnedLimit? model) =>
        LawCoverage.Spread([.. later.Select(example => LimitTrees.Score(model, example))], ModelScores.Bands).Select((share, band) =>
            new object?[] { name, (double)band / ModelScores.Bands, (band + 1.0) / ModelScores.Bands, share, later.Count });
}
