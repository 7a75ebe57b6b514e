using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EodPredict.Tests.Forecasting.Trees;

/// <summary>What every tree learner does.</summary>
[Trait("Category", "Engine")]
public abstract class TreeLearnerContract
{
    private readonly ITestOutputHelper _output;

    protected TreeLearnerContract(ITestOutputHelper output)
    {
        _output = output;
        var services = new ServiceCollection();
        AddTreeLearner(services);
        Learner = services.BuildServiceProvider().GetRequiredService<ITreeLearner>();
    }

    protected ITreeLearner Learner { get; }

    protected abstract void AddTreeLearner(IServiceCollection services);

    /// <summary>What the library itself predicts after the same fit, with the first <paramref name="trees"/> trees.</summary>
    protected abstract float[] LibraryPredictions(TrainingRows rows, TreeLearnerOptions options, int trees, float[] features);

    [Fact]
    public void It_names_itself_and_its_version() => Assert.Matches(@"^[A-Z][A-Za-z.]+ \d+\.\d+\.\d+$", Learner.Name);

    [Theory]
    [InlineData(TreeObjective.SquaredError, false)]
    [InlineData(TreeObjective.SquaredError, true)]
    [InlineData(TreeObjective.Logistic, false)]
    [InlineData(TreeObjective.Logistic, true)]
    public void Predictions_equal_the_library_s_own_to_the_last_bit(TreeObjective objective, bool isWeighted)
    {
        var rows = TreeRows.Of(objective, 3_000, seed: 1, isWeighted);
        var options = new TreeLearnerOptions { Objective = objective, Trees = 60 };
        var ensemble = Fit(rows, options);
        Assert.Equal(60, ensemble.TreeCount);

        float[] features = [.. TreeRows.Of(objective, 3_000, seed: 2).Features, .. TreeRows.OnThresholds(ensemble.Parts, seed: 3)];
        var library = LibraryPredictions(rows, options, ensemble.TreeCount, features);
        var own = Predict(ensemble, features);
        var unequal = own.Zip(library).Count(pair => BitConverter.SingleToInt32Bits(pair.First) != BitConverter.SingleToInt32Bits(pair.Second));
        var furthest = own.Zip(library).Max(pair => Math.Abs(pair.First - pair.Second));
        _output.WriteLine($"{Learner.Name}, {objective}: {own.Length} predictions, {unequal} unequal, by {furthest} at most");
        Assert.Equal(0, unequal);
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError)]
    [InlineData(TreeObjective.Logistic)]
    public void It_learns_the_rule_also_from_what_is_missing(TreeObjective objective)
    {
        var ensemble = Fit(TreeRows.Of(objective, 4_000, seed: 4), new TreeLearnerOptions { Objective = objective, Trees = 120 });
        var fresh = TreeRows.Of(objective, 2_000, seed: 5);
        double error = 0, spread = 0;
        for (var row = 0; row < fresh.Count; row++)
        {
            var rule = TreeRows.Score(fresh.Row(row));
            var expected = objective == TreeObjective.Logistic ? 1 / (1 + Math.Exp(-rule)) : rule;
            error += Math.Pow(ensemble.Predict(fresh.Row(row)) - expected, 2);
            spread += Math.Pow(ensemble.Parts.Link is null ? expected : expected - 0.5, 2);
        }

        _output.WriteLine($"{Learner.Name}, {objective}: {error / spread:P2} of the rule's spread is left");
        Assert.True(error < 0.15 * spread, $"{error / spread:P1} of the spread is left");
        var importance = ensemble.Importance();
        Assert.Equal(1, importance.Sum(), 1e-9);
        Assert.True(importance[0] > importance[3] && importance[1] > importance[3], string.Join(' ', importance));
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError)]
    [InlineData(TreeObjective.Logistic)]
    public void The_same_rows_give_the_same_ensemble(TreeObjective objective)
    {
        var options = new TreeLearnerOptions { Objective = objective, Trees = 30 };
        Assert.Equal(
            TreeEnsembleJson.Write(Fit(TreeRows.Of(objective, 1_000, seed: 6, isWeighted: true), options)),
            TreeEnsembleJson.Write(Fit(TreeRows.Of(objective, 1_000, seed: 6, isWeighted: true), options)));
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError)]
    [InlineData(TreeObjective.Logistic)]
    public void A_row_of_weight_2_counts_as_the_row_twice(TreeObjective objective)
    {
        // Few values, so that both ways sort them into the same bins.
        var random = new Random(7);
        var features = Enumerable.Range(0, 1_000).Select(_ => (float)random.Next(5)).ToArray();
        var labels = features.Select(value => random.NextDouble() < 0.1 + (0.15 * value) ? 1f : 0).ToArray();
        var weights = labels.Select(label => 1 + label).ToArray();
        var positive = Enumerable.Range(0, features.Length).Where(row => labels[row] > 0).ToList();
        float[] repeatedFeatures = [.. features, .. positive.Select(row => features[row])];
        float[] repeatedLabels = [.. labels, .. positive.Select(row => labels[row])];

        var options = new TreeLearnerOptions { Objective = objective, Trees = 100 };
        float[] questions = [0, 1, 2, 3, 4, float.NaN];
        var expected = Predict(Fit(new TrainingRows(1, repeatedFeatures, repeatedLabels), options), questions);
        var byWeight = Distance(Predict(Fit(new TrainingRows(1, features, labels, weights), options), questions), expected);
        var byNothing = Distance(Predict(Fit(new TrainingRows(1, features, labels), options), questions), expected);
        _output.WriteLine($"{Learner.Name}, {objective}: at most {byWeight} away with weights, {byNothing} without");
        Assert.True(byWeight < 1e-4, $"{byWeight} away");
        Assert.True(byNothing > 0.05, $"{byNothing} away");
    }

    [Fact]
    public void A_label_between_counts_as_both_in_its_share()
    {
        var features = Enumerable.Range(0, 400).Select(row => row % 2 * 1f).ToArray();
        var labels = features.Select(value => value == 0 ? 0.2f : 0.7f).ToArray();
        var ensemble = Fit(new TrainingRows(1, features, labels), new TreeLearnerOptions { Objective = TreeObjective.Logistic });
        Assert.Equal(0.2, ensemble.Predict([0]), 1e-3);
        Assert.Equal(0.7, ensemble.Predict([1]), 1e-3);
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError)]
    [InlineData(TreeObjective.Logistic)]
    public void It_stops_when_more_trees_no_longer_help_on_the_later_block(TreeObjective objective)
    {
        var later = TreeRows.Of(objective, 500, seed: 10);
        var rows = TreeRows.Of(objective, 500, seed: 9, later: later);
        var options = new TreeLearnerOptions { Objective = objective, Trees = 400, RowsPerLeaf = 2, Patience = 10 };
        var stopped = Fit(rows, options);
        var alone = Fit(TreeRows.Of(objective, 500, seed: 9), options);
        _output.WriteLine($"{Learner.Name}, {objective}: {stopped.TreeCount} trees, {alone.TreeCount} without a later block");

        Assert.InRange(stopped.TreeCount, 5, 300);
        Assert.Equal(400, alone.TreeCount);
        Assert.Equal(alone.Parts.Leaves.Take(stopped.Parts.Leaves.Length), stopped.Parts.Leaves.AsEnumerable());
        Assert.Equal(BestCount(objective, alone, later, options.Patience), stopped.TreeCount);
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError, 3.25, 3.25)]
    [InlineData(TreeObjective.Logistic, 0.25, 0.25)]
    [InlineData(TreeObjective.Logistic, 0, 0)]
    [InlineData(TreeObjective.Logistic, 1, 1)]
    public void Rows_that_cannot_be_split_give_their_weighted_mean(TreeObjective objective, float label, double expected)
    {
        foreach (var count in new[] { 1, 3, 500 })
        {
            var rows = new TrainingRows(1, Enumerable.Repeat(1f, count).ToArray(), Enumerable.Repeat(label, count).ToArray());
            Assert.Equal(expected, Fit(rows, new TreeLearnerOptions { Objective = objective }).Predict([7]), 1e-3);
        }

        var two = new TrainingRows(1, (float[])[1, 2], (float[])[0, 1], (float[])[1, 3]);
        Assert.Equal(0.75, Fit(two, new TreeLearnerOptions { Objective = objective }).Predict([float.NaN]), 1e-3);
    }

    [Fact]
    public void A_feature_that_is_always_missing_does_no_harm()
    {
        var features = Enumerable.Range(0, 200).SelectMany(row => new[] { row % 2, float.NaN }).ToArray();
        var labels = Enumerable.Range(0, 200).Select(row => row % 2 * 10f).ToArray();
        var ensemble = Fit(new TrainingRows(2, features, labels), new TreeLearnerOptions());
        Assert.Equal(0, ensemble.Predict([0, float.NaN]), 1e-3);
        Assert.Equal(10, ensemble.Predict([1, 5]), 1e-3);
    }

    [Fact]
    public void A_row_of_weight_0_counts_for_nothing()
    {
        var features = Enumerable.Range(0, 200).Select(row => row % 2 * 1f).ToArray();
        var labels = Enumerable.Range(0, 200).Select(row => row < 100 ? row % 2 * 10f : 1_000).ToArray();
        var weights = Enumerable.Range(0, 200).Select(row => row < 100 ? 1f : 0).ToArray();
        var ensemble = Fit(new TrainingRows(1, features, labels, weights), new TreeLearnerOptions());
        Assert.Equal(0, ensemble.Predict([0]), 1e-3);
        Assert.Equal(10, ensemble.Predict([1]), 1e-3);
    }

    [Fact]
    public void A_cancelled_fit_ends_before_it_begins()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => Learner.Fit(TreeRows.Of(TreeObjective.SquaredError, 100, seed: 1), new TreeLearnerOptions(), cancellation.Token));
    }

    [Theory]
    [InlineData(TreeObjective.SquaredError)]
    [InlineData(TreeObjective.Logistic)]
    public async Task A_fit_that_is_cancelled_on_the_way_ends_within_a_tree_or_two(TreeObjective objective)
    {
        // Left alone, it would take minutes.
        var rows = TreeRows.Of(objective, 20_000, seed: 11);
        var options = new TreeLearnerOptions { Objective = objective, Trees = 10_000, LeavesPerTree = 256, RowsPerLeaf = 2 };
        using var cancellation = new CancellationTokenSource();
        using var began = new ManualResetEventSlim();
        var fit = Task.Run(() =>
        {
            began.Set();
            return Learner.Fit(rows, options, cancellation.Token);
        });
        began.Wait();
        await Assert.ThrowsAsync<TimeoutException>(() => fit.WaitAsync(TimeSpan.FromSeconds(2), TestTime.Wall));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit.WaitAsync(TimeSpan.FromSeconds(60), TestTime.Wall));
    }

    [Fact]
    public void A_label_outside_0_to_1_is_refused_for_the_logistic_loss()
    {
        var options = new TreeLearnerOptions { Objective = TreeObjective.Logistic };
        var rows = new TrainingRows(1, (float[])[1, 2, 3], (float[])[0, 1, 1.5f]);
        var refusal = Assert.Throws<TrainingRowsException>(() => Fit(rows, options));
        Assert.Equal(2, refusal.Row);
        Assert.Contains("row 2 has the label 1.5", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<TrainingRowsException>(() => Fit(new TrainingRows(1, (float[])[1], (float[])[0], later: rows), options));
    }

    [Fact]
    public void An_option_outside_its_range_is_refused()
    {
        var rows = TreeRows.Of(TreeObjective.SquaredError, 30, seed: 1);
        foreach (var options in new TreeLearnerOptions[]
        {
            new() { Trees = 0 }, new() { LeavesPerTree = 1 }, new() { LearningRate = double.NaN }, new() { LearningRate = 1.1 },
            new() { RowsPerLeaf = 0 }, new() { Bins = 1 }, new() { Patience = 0 }, new() { Objective = (TreeObjective)7 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Fit(rows, options));
        }
    }

    [Fact]
    public void An_ensemble_written_and_read_back_is_the_same()
    {
        foreach (var objective in Enum.GetValues<TreeObjective>())
        {
            var ensemble = Fit(TreeRows.Of(objective, 1_000, seed: 12), new TreeLearnerOptions { Objective = objective, Trees = 20 });
            var json = TreeEnsembleJson.Write(ensemble);
            var read = TreeEnsembleJson.Read(json);
            Assert.Equal(json, TreeEnsembleJson.Write(read));
            Assert.Equal(Learner.Name, read.Parts.Learner);
            var features = TreeRows.OnThresholds(ensemble.Parts, seed: 13);
            Assert.Equal(Predict(ensemble, features), Predict(read, features));
        }
    }

    [Fact]
    public void Many_threads_fit_and_predict_at_once()
    {
        var options = new TreeLearnerOptions { Trees = 20 };
        var rows = TreeRows.Of(TreeObjective.SquaredError, 500, seed: 14);
        var features = TreeRows.Of(TreeObjective.SquaredError, 500, seed: 15).Features.ToArray();
        var ensemble = Fit(rows, options);
        var expected = Predict(ensemble, features);
        Parallel.For(0, 8, at => Assert.Equal(expected, Predict(at < 4 ? ensemble : Fit(rows, options), features)));
    }

    private TreeEnsemble Fit(TrainingRows rows, TreeLearnerOptions options) => Learner.Fit(rows, options, CancellationToken.None);

    private static float[] Predict(TreeEnsemble ensemble, float[] features)
    {
        var predictions = new float[features.Length / ensemble.FeatureCount];
        ensemble.Predict(features, predictions);
        return predictions;
    }

    private static double Distance(float[] some, float[] other) => some.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));

    private static int BestCount(TreeObjective objective, TreeEnsemble ensemble, TrainingRows later, int patience)
    {
        var scale = -(ensemble.Parts.Link?.Slope ?? -1);
        var scores = Enumerable.Repeat(scale * ensemble.Parts.BaseScore, later.Count).ToArray();
        var stopping = new EarlyStopping(patience);
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            for (var row = 0; row < later.Count; row++)
                scores[row] += scale * ensemble.Leaf(tree, later.Row(row));
            if (stopping.IsDoneAfter(TrainingLoss.Mean(objective, later, scores)))
                break;
        }

        return stopping.Best;
    }
}
