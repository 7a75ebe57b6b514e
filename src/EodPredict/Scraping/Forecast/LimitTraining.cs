using System.Globalization;
using EodPredict.Database;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Trains the model of endpoints' limits from what was seen of them: walks through the history, fits trees to its earlier part, scores them
/// on the later one, keeps them with their scores, and lets them serve where the gate agrees. Safe for concurrent use; of two trainings at
/// once, in whatever processes, the second does nothing.
/// </summary>
public sealed partial class LimitTraining(
    NpgsqlDataSource database, ITreeLearner learner, ModelStore models, LimitForecasts forecasts, TimeProvider time,
    ILogger<LimitTraining> log)
{
    private const int MostEndpoints = 20;
    private const int FewestWindows = 300;
    private const int FewestDates = 14;

    private readonly ObservedLimits _limits = new(database);

    /// <summary>Trains now.</summary>
    public async Task<TrainingOutcome> TrainAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.Sql("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", $"eod train {LimitForecasts.Model}")
            .FirstAsync<bool>(cancellationToken))
        {
            return Told(Refused("It is being trained by another process."));
        }

        var now = time.GetUtcNow();
        var examples = await WalkAsync(now, cancellationToken);
        return Told(await Task.Run(() => Train(examples, now, cancellationToken), cancellationToken));
    }

    /// <summary>What is learned from and reviewed: the windows of all endpoints, foretold as they were, by date.</summary>
    internal async Task<IReadOnlyList<LimitExample>> WalkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var examples = new List<LimitExample>();
        foreach (var endpoint in await _limits.EndpointsAsync(MostEndpoints, now, cancellationToken))
        {
            var seen = await _limits.OfAsync(endpoint, now, cancellationToken);
            examples.AddRange(await Task.Run(() => LimitWalk.Through(endpoint, seen, cancellationToken).ToList(), cancellationToken));
        }

        return [.. examples.OrderBy(example => example.Seen.Begin).ThenBy(example => example.Endpoint, StringComparer.Ordinal)];
    }

    /// <summary>The model that would be kept, and its scores; null where none is worth it.</summary>
    internal static (LearnedLimit Model, IReadOnlyList<LimitExample> Fitted, ModelScores Scores)? Fit(
        IReadOnlyList<LimitExample> examples, LearnedLimit? champion, ITreeLearner learner, CancellationToken cancellationToken)
    {
        var (earlier, later) = LaterBlock.Split(examples, example => example.Date);
        return LimitTrees.Fit(earlier, learner, cancellationToken) is { } model
            ? (model, earlier, PromotionGate.Score([.. later.Select(example => new ScoredCase(
                example.Date, LimitTrees.Score(null, example), champion is null ? null : LimitTrees.Score(champion, example),
                LimitTrees.Score(model, example)))]))
            : null;
    }

    private TrainingOutcome Train(IReadOnlyList<LimitExample> examples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dates = examples.Select(example => example.Date).Distinct().Count();
        if (examples.Count < FewestWindows || dates < FewestDates)
        {
            return Refused(string.Create(CultureInfo.InvariantCulture,
                $"{examples.Count} windows on {dates} dates are known; trees need {FewestWindows} on {FewestDates}. "
                + $"The profiles serve alone."));
        }

        if (Fit(examples, forecasts.Serving(), learner, cancellationToken) is not var (model, fitted, scores))
        {
            return Refused("The trees found nothing that the profiles do not know. What served goes on serving.");
        }

        return new ModelDecision(models, "the profiles alone", "windows").Take(
            new ModelManifest
            {
                Version = "",
                Dataset = LimitForecasts.Model,
                Kind = LimitFeatures.Schema.Kind,
                TrainedAt = now,
                FeatureSchema = LimitFeatures.Schema.Version,
                Features = LimitFeatures.Schema.Names,
                Learner = model.Trees.Parts.Learner,
                Trees = model.Trees.TreeCount,
                Share = model.Share,
                Spread = model.Spread,
                FittedFrom = fitted.Min(example => example.Date),
                FittedTo = fitted.Max(example => example.Date),
                FittedSessions = fitted.Count,
                Scores = scores,
                Importance = model.Trees.Importance(),
                Sha256 = "",
            },
            model.Trees);
    }

    private static TrainingOutcome Refused(string reason) => new(LimitForecasts.Model, null, false, reason);

    private TrainingOutcome Told(TrainingOutcome outcome)
    {
        LogOutcome(outcome.Manifest?.Version ?? "no model", outcome.Reason);
        return outcome;
    }

    [LoggerMessage(EventId = 620, Level = LogLevel.Information, Message = "Limits of endpoints: trained {Version}. {Reason}")]
    private partial void LogOutcome(string version, string reason);
}
