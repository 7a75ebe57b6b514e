using System.Globalization;
using EodPredict.Database;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Trees;
using EodPredict.Providers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// Trains the model of a dataset from its arrivals: walks through the history, fits trees to its earlier part, scores them on the later one,
/// keeps them with their scores, and lets them serve where the gate agrees. Safe for concurrent use; of two trainings of one dataset at
/// once, in whatever processes, the second does nothing.
/// </summary>
public sealed partial class ModelTraining(
    NpgsqlDataSource database,
    ArrivalHistory history,
    ITreeLearner learner,
    ModelStore models,
    ServingModel serving,
    CheckTimes times,
    TimeProvider time,
    ILogger<ModelTraining> log)
{
    /// <summary>The kind of the job that trains a dataset; its id is the dataset's name.</summary>
    public const string Job = "train";

    /// <summary>How many tickers are trained on: what more add is little, and the night is short.</summary>
    internal const int MostTickers = 500;
    private const int MostSessions = 250;
    private const int FewestSessions = 300;
    private const int FewestDates = 60;

    // Of how many later sessions the laws are kept, to plan checks by them.
    private const int MostCompared = 500;

    // After which share of the time a step is done, about.
    private const double Walking = 0.5;
    private const double FittedOnce = 0.65;
    private const double Fitted = 0.8;
    private const int BetweenReports = 500;

    /// <summary>Trains now.</summary>
    public Task<TrainingOutcome> TrainAsync(Dataset dataset, CancellationToken cancellationToken) =>
        TrainAsync(dataset, null, cancellationToken);

    /// <summary>Trains now, and tells how far it is.</summary>
    public async Task<TrainingOutcome> TrainAsync(
        Dataset dataset, IProgress<TrainingStep>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.Sql("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", $"eod train {dataset.Name}")
            .FirstAsync<bool>(cancellationToken))
        {
            return Told(new TrainingOutcome(dataset.Name, null, false, "It is being trained by another process."));
        }

        var now = time.GetUtcNow();
        var arrivals = await HistoryAsync(dataset, now, cancellationToken);
        return Told(await Task.Run(() => Train(dataset, arrivals, now, progress, cancellationToken), cancellationToken));
    }

    /// <summary>The sessions of a dataset that training and review look at, forecast as they were, oldest first.</summary>
    internal async Task<IReadOnlyList<WalkedSession>> WalkAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var arrivals = await HistoryAsync(dataset, time.GetUtcNow(), cancellationToken);
        return await Task.Run(() => Walk(dataset, arrivals, cancellationToken).ToList(), cancellationToken);
    }

    private Task<Dictionary<string, List<PastArrival>>> HistoryAsync(Dataset dataset, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tickers = dataset.Tickers.Select(t => t.Symbol).OrderBy(Scattered).Take(MostTickers).ToArray();
        return history.LoadAsync(dataset.Name, tickers, DateOnly.FromDateTime(now.UtcDateTime).AddDays(1), MostSessions, cancellationToken);
    }

    private static IEnumerable<WalkedSession> Walk(
        Dataset dataset, Dictionary<string, List<PastArrival>> arrivals, CancellationToken cancellationToken) =>
        HistoryWalk.Through(arrivals, ArrivalPrior.Of(dataset), Environment.ProcessorCount, cancellationToken);

    private TrainingOutcome Train(
        Dataset dataset, Dictionary<string, List<PastArrival>> arrivals, DateTimeOffset now, IProgress<TrainingStep>? progress,
        CancellationToken cancellationToken)
    {
        var (examples, compared) = WalkOf(dataset, arrivals, progress, cancellationToken);
        var dates = examples.Select(e => e.SessionDate).Distinct().Count();
        if (examples.Count < FewestSessions || dates < FewestDates)
        {
            return new TrainingOutcome(dataset.Name, null, false, string.Create(CultureInfo.InvariantCulture,
                $"{examples.Count} sessions on {dates} dates are known; trees need {FewestSessions} on {FewestDates}. "
                + $"The experts serve alone."));
        }

        var (earlier, later) = LaterBlock.Split(examples);
        progress?.Report(new TrainingStep(Walking, "fitting trees"));
        if (HazardFit.Fit(
            earlier, learner, cancellationToken,
            () => progress?.Report(new TrainingStep(FittedOnce, "fitting trees again, knowing what the first taught"))) is not { } model)
        {
            return new TrainingOutcome(
                dataset.Name, null, false, "The trees found nothing that the experts do not know. What served goes on serving.");
        }

        progress?.Report(new TrainingStep(Fitted, "scoring them on later sessions"));
        var champion = serving.Of(dataset.Name);
        var scores = PromotionGate.Score(model, champion, later) with
        {
            Costs = new CostComparison(dataset, times).Of(compared, arrivals, model, champion),
        };
        return new ModelDecision(models, "the experts alone", "sessions")
            .Take(Manifest(dataset.Name, now, model, earlier, scores), model.Trees);
    }

    // Every session, and of the later ones, evenly, some with their laws: of all of them these would fill the memory.
    private static (List<LearnedExample> Examples, List<WalkedSession> Compared) WalkOf(
        Dataset dataset, Dictionary<string, List<PastArrival>> arrivals, IProgress<TrainingStep>? progress,
        CancellationToken cancellationToken)
    {
        var (examples, compared) = (new List<LearnedExample>(), new List<WalkedSession>());
        if (arrivals.Values.All(list => list.Count == 0))
        {
            return (examples, compared);
        }

        var first = LaterBlock.Begin(arrivals.Values.SelectMany(list => list.Select(arrival => arrival.SessionDate)));
        var all = arrivals.Values.Sum(list => list.Count);
        var later = arrivals.Values.Sum(list => list.Count(arrival => arrival.SessionDate >= first));
        var (apart, passed) = (Math.Max(1, later / MostCompared), 0);
        foreach (var session in Walk(dataset, arrivals, cancellationToken))
        {
            examples.Add(session.Example);
            if (examples.Count % BetweenReports == 0)
            {
                progress?.Report(new TrainingStep(
                    Walking * examples.Count / all, string.Create(CultureInfo.InvariantCulture, $"{examples.Count} of {all} sessions walked through")));
            }

            if (session.Arrival.SessionDate >= first && passed++ % apart == 0)
            {
                compared.Add(session);
            }
        }

        return (examples, compared);
    }

    private static ModelManifest Manifest(
        string dataset, DateTimeOffset now, LearnedHazard model, IReadOnlyList<LearnedExample> fitted, ModelScores scores) => new()
    {
        Version = "",
        Dataset = dataset,
        TrainedAt = now,
        FeatureSchema = SessionFeatures.Version,
        Features = SessionFeatures.Names,
        Learner = model.Trees.Parts.Learner,
        Trees = model.Trees.TreeCount,
        Share = model.Share,
        FittedFrom = fitted.Min(e => e.SessionDate),
        FittedTo = fitted.Max(e => e.SessionDate),
        FittedSessions = fitted.Count,
        Scores = scores,
        Importance = model.Trees.Importance(),
        Sha256 = "",
    };

    // Tickers in an order that has nothing to do with their names, and is the same every night.
    private static uint Scattered(string ticker) => ticker.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);

    private TrainingOutcome Told(TrainingOutcome outcome)
    {
        LogOutcome(outcome.Dataset, outcome.Manifest?.Version ?? "no model", outcome.Reason);
        return outcome;
    }

    [LoggerMessage(EventId = 330, Level = LogLevel.Information, Message = "{Dataset}: trained {Version}. {Reason}")]
    private partial void LogOutcome(string dataset, string version, string reason);
}
