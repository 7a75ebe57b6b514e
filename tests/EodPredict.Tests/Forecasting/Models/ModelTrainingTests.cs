using System.Globalization;
using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Tests.Database;
using EodPredict.Tests.Forecasting.Learned;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EodPredict.Tests.Forecasting.Models;

public sealed class ModelTrainingTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private static readonly ITreeLearner Learner =
        new ServiceCollection().AddTreeLearner().BuildServiceProvider().GetRequiredService<ITreeLearner>();

    private static readonly CheckTimes Times =
        new ServiceCollection().AddCheckTimes().BuildServiceProvider().GetRequiredService<CheckTimes>();

    private readonly string _folder = Directory.CreateTempSubdirectory("eod-training-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_is_fitted_scored_kept_and_serves_and_its_review_can_be_read()
    {
        var dataset = await ImportAsync("served", tickers: 3, days: 250);
        var (models, training) = Training();
        var outcome = await training.TrainAsync(dataset, CancellationToken.None);
        Assert.True(outcome.IsPromoted, outcome.Reason);
        Assert.Equal(outcome.Manifest!.Version, models.Champion("served"));
        Assert.True(outcome.Manifest.FittedTo < outcome.Manifest.Scores.From);
        var costs = models.Manifest("served", outcome.Manifest.Version).Scores.Costs!;
        Assert.Equal(outcome.Manifest.Scores.Sessions, costs.Sessions);
        Assert.True(costs.Challenger < costs.Experts && costs.Experts < costs.Quantile, outcome.Reason);

        var again = await training.TrainAsync(dataset, CancellationToken.None);
        Assert.False(again.IsPromoted, "the same sessions cannot give a better one");
        Assert.Equal(outcome.Manifest.Version, models.Champion("served"));
        Assert.Equal(["promoted", "refused"], models.History("served").Select(e => e.Action));

        var review = new ModelReview(models, training, database.DataSource);
        var files = await review.ExportAsync(dataset, outcome.Manifest.Version, Path.Combine(_folder, "review"), CancellationToken.None);
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(_folder, "review", file)).Length > 0, file));
        var forecasts = await File.ReadAllLinesAsync(Path.Combine(_folder, "review", "forecasts.csv"));
        Assert.Equal(1 + (2 * await CountAsync("served")), forecasts.Length);
        var calibration = (await File.ReadAllLinesAsync(Path.Combine(_folder, "review", "calibration.csv")))[1..];
        Assert.All(
            calibration.Select(line => line.Split(',')).GroupBy(row => row[0]),
            law => Assert.Equal(1, law.Sum(row => double.Parse(row[3], CultureInfo.InvariantCulture)), 1e-6));
    }

    [Fact]
    public async Task The_forecast_of_a_ticker_follows_the_model_that_serves()
    {
        var dataset = await ImportAsync("followed", tickers: 3, days: 250);
        var (models, training) = Training();
        var serving = new ServingModel(models, NullLogger<ServingModel>.Instance);
        var alone = await MedianAsync(dataset, serving);
        var outcome = await training.TrainAsync(dataset, CancellationToken.None);
        Assert.True(outcome.IsPromoted, outcome.Reason);
        Assert.NotEqual(alone, await MedianAsync(dataset, serving));

        models.RollBack("followed", TestTime.Wall.GetUtcNow());
        Assert.Equal(alone, await MedianAsync(dataset, serving));

        var version = outcome.Manifest!.Version;
        models.Promote("followed", version, new ModelEvent(TestTime.Wall.GetUtcNow(), ModelActions.PromotedByHand, version, ""));
        File.AppendAllText(Path.Combine(_folder, "followed", version, "trees.json"), " ");
        Assert.Equal(alone, await MedianAsync(dataset, new ServingModel(models, NullLogger<ServingModel>.Instance)));
    }

    [Fact]
    public async Task With_little_history_the_experts_serve_alone()
    {
        var dataset = await ImportAsync("young", tickers: 2, days: 60);
        var (models, training) = Training();
        var outcome = await training.TrainAsync(dataset, CancellationToken.None);
        Assert.Null(outcome.Manifest);
        Assert.Contains("trees need 300", outcome.Reason, StringComparison.Ordinal);
        Assert.Null(models.Champion("young"));
    }

    [Fact]
    public async Task Of_two_processes_one_trains()
    {
        var dataset = await ImportAsync("shared", tickers: 2, days: 60);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var locking = connection.CreateCommand();
        locking.CommandText = "select pg_advisory_xact_lock(hashtextextended('eod train shared', 0))";
        await locking.ExecuteNonQueryAsync();
        var outcome = await Training().Training.TrainAsync(dataset, CancellationToken.None);
        Assert.Equal("It is being trained by another process.", outcome.Reason);
    }

    private (ModelStore Models, ModelTraining Training) Training()
    {
        var models = new ModelStore(_folder);
        return (models, new ModelTraining(
            database.DataSource, new ArrivalHistory(database.DataSource, TestTime.Wall), Learner, models,
            new ServingModel(models, NullLogger<ServingModel>.Instance), Times, TestTime.Wall, NullLogger<ModelTraining>.Instance));
    }

    private async Task<TimeSpan?> MedianAsync(Dataset dataset, ServingModel serving)
    {
        var date = LearnedDays.First.AddDays(252);
        using var forecasts = new TickerForecasts(database.DataSource, serving, TestTime.Wall);
        var forecast = await forecasts.ForecastAsync(
            dataset, "T0", new TradingSession(date, new DateTimeOffset(date, new TimeOnly(21, 0), TimeSpan.Zero), false), CancellationToken.None);
        return forecast.Law.Quantile(0.5);
    }

    private async Task<Dataset> ImportAsync(string name, int tickers, int days)
    {
        var history = LearnedDays.Provider(tickers, days);
        await new ArrivalImport(database.DataSource, TestTime.Wall).ImportAsync(
            name, [.. history.SelectMany(pair => pair.Value.Select(arrival => (pair.Key, arrival)))], CancellationToken.None);
        var configured = history.Keys.Select(symbol => new DatasetTicker(symbol, "XNYS"));
        return new Dataset { Name = name, Provider = "p", Tickers = [.. configured] };
    }

    private async Task<int> CountAsync(string dataset)
    {
        await using var command = database.DataSource.CreateCommand("select count(*)::integer from eod.arrival where dataset = $1");
        command.Parameters.AddWithValue(dataset);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
