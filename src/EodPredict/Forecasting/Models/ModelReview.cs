using System.Globalization;
using EodPredict.Database;
using EodPredict.Forecasting.Learned;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// Writes a model and what is known of its dataset as files that are read without this program: the trees and the manifest as JSON, the
/// rest as tables. Safe for concurrent use.
/// </summary>
public sealed class ModelReview(ModelStore models, ModelTraining training, NpgsqlDataSource database)
{
    private static readonly double[] Quantiles = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

    /// <summary>Writes the files into a folder, over those of an earlier time.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="ModelFaultException">The model cannot be used.</exception>
    public async Task<IReadOnlyList<string>> ExportAsync(
        Dataset dataset, string version, string folder, CancellationToken cancellationToken)
    {
        var manifest = models.Manifest(dataset.Name, version);
        var model = new LearnedHazard(models.Load(dataset.Name, version).Trees, manifest.Share);
        var files = await ModelFiles.WriteAsync(models, manifest, folder, cancellationToken);
        var walked = await training.WalkAsync(dataset, cancellationToken);
        await ModelFiles.TableAsync(
            folder, "forecasts.csv",
            ["ticker", "session_date", "close_utc", "law", "is_later_block",
                .. Quantiles.Select(q => $"q{q.ToString("0.000", CultureInfo.InvariantCulture)[2..]}_minutes"),
                "missing", "after_minutes", "by_minutes", "place_after", "place_by", "log_score"],
            walked.SelectMany(session => Forecasts(session, model, manifest)), cancellationToken);
        await ModelFiles.TableAsync(
            folder, "calibration.csv", ["law", "place_from", "place_to", "share", "sessions"], Calibration(walked, model, manifest),
            cancellationToken);
        await CopyAsync(
            folder, "arrivals.csv",
            """
            select ticker, session_date, close_at as close_utc, after_at as after_utc, by_at as by_utc, source
            from eod.arrival where dataset = $1 order by session_date, ticker
            """,
            dataset.Name, cancellationToken);
        await CopyAsync(
            folder, "checks.csv",
            """
            select ticker, session_date, method, sent_at as sent_utc, finished_at as finished_utc, outcome, status
            from eod.observation where dataset = $1 order by sent_at
            """,
            dataset.Name, cancellationToken);
        return [.. files, "forecasts.csv", "calibration.csv", "arrivals.csv", "checks.csv"];
    }

    // Two rows a session: of the experts alone, and of the model.
    private static IEnumerable<object?[]> Forecasts(WalkedSession session, LearnedHazard model, ModelManifest manifest)
    {
        var interval = session.Arrival.Interval;
        foreach (var (name, law, scored) in new[]
        {
            // Scored as the gate scores: a reviewer's means are the manifest's.
            ("experts", session.Experts, LawCoverage.Score(null, session.Example)),
            ("model", model.Map(session.Example).Apply(session.Experts), LawCoverage.Score(model, session.Example)),
        })
        {
            yield return
            [
                session.Ticker, session.Arrival.SessionDate, session.Arrival.Close, name,
                session.Arrival.SessionDate >= manifest.Scores.From ? 1 : 0,
                .. Quantiles.Select(q => (object?)law.Quantile(q)?.TotalMinutes),
                law.Missing, interval.After.TotalMinutes, interval.By?.TotalMinutes,
                scored.After, scored.By, scored.LogScore,
            ];
        }
    }

    // How the arrivals of the later block spread over the probabilities of their laws: a tenth in each tenth, were the law exact.
    private static IEnumerable<object?[]> Calibration(IReadOnlyList<WalkedSession> walked, LearnedHazard model, ModelManifest manifest)
    {
        LearnedExample[] later = [.. walked.Where(session => session.Arrival.SessionDate >= manifest.Scores.From).Select(session =>
            session.Example)];
        foreach (var (name, law) in new[] { ("experts", null), ("model", model) })
        {
            foreach (var (band, share) in LawCoverage.Spread(law, later, ModelScores.Bands).Index())
            {
                yield return [name, (double)band / ModelScores.Bands, (band + 1.0) / ModelScores.Bands, share, later.Length];
            }
        }
    }

    // The rows of a query, under the names of its columns.
    private async Task CopyAsync(string folder, string name, string query, string dataset, CancellationToken cancellationToken)
    {
        await using var command = database.Sql(query, dataset);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await ReviewTable.WriteAsync(
            Path.Combine(folder, name), [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], Rows(), cancellationToken);

        async IAsyncEnumerable<object?[]> Rows()
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)];
            }
        }
    }
}
