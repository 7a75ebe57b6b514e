using EodPredict.Forecasting;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Forecasting.Learned;

public sealed class HazardFitTests
{
    private static readonly ITreeLearner Learner =
        new ServiceCollection().AddTreeLearner().BuildServiceProvider().GetRequiredService<ITreeLearner>();

    [Fact]
    public void Trees_learn_what_the_experts_do_not_see()
    {
        var examples = Walk(LearnedDays.Provider(tickers: 4, days: 250));
        var split = examples[examples.Count * 4 / 5].SessionDate;
        var model = HazardFit.Fit([.. examples.Where(e => e.SessionDate < split)], Learner, CancellationToken.None);
        var later = examples.Where(e => e.SessionDate >= split).ToArray();
        Assert.NotNull(model);
        Assert.True(
            HazardFit.Score(model, later) < HazardFit.Score(null, later) - 0.2,
            $"{HazardFit.Score(model, later)} against {HazardFit.Score(null, later)}");
    }

    [Fact]
    public void The_same_sessions_give_the_same_model()
    {
        var examples = Walk(LearnedDays.Provider(tickers: 3, days: 200));
        var (one, two) = (Fit(), Fit());
        Assert.NotNull(one);
        Assert.Equal(one.Share, two!.Share);
        Assert.Equal(TreeEnsembleJson.Write(one.Trees), TreeEnsembleJson.Write(two.Trees));
        LearnedHazard? Fit() => HazardFit.Fit(examples, Learner, CancellationToken.None);
    }

    [Fact]
    public void A_few_sessions_teach_nothing() =>
        Assert.Null(HazardFit.Fit(Walk(LearnedDays.Provider(tickers: 1, days: 60)), Learner, CancellationToken.None));

    [Fact]
    public void A_cancelled_fit_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var examples = Walk(LearnedDays.Provider(tickers: 3, days: 200));
        Assert.ThrowsAny<OperationCanceledException>(() => HazardFit.Fit(examples, Learner, cancelled.Token));
    }

    [Fact]
    public void The_walk_forecasts_each_session_from_what_came_before()
    {
        var history = LearnedDays.Provider(tickers: 3, days: 120);
        var cut = LearnedDays.First.AddDays(80);
        var earlier = history.ToDictionary(pair => pair.Key, pair => pair.Value.FindAll(arrival => arrival.SessionDate < cut));
        var (all, some) = (Walk(history).Where(e => e.SessionDate < cut).ToArray(), Walk(earlier));
        Assert.Equal(some.Count, all.Length);
        Assert.All(some.Zip(all), pair =>
        {
            Assert.Equal(pair.First.Features, pair.Second.Features);
            Assert.Equal((pair.First.After, pair.First.By), (pair.Second.After, pair.Second.By));
        });
    }

    internal static List<LearnedExample> Walk(Dictionary<string, List<PastArrival>> history) =>
        [.. HistoryWalk.Through(history, ArrivalPrior.Unknown(TimeSpan.FromHours(48)), 2, CancellationToken.None)
            .Select(session => session.Example)];
}
