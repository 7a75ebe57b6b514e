using System.Globalization;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Scraping.Forecast;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping.Forecast;

public sealed class LimitTreesTests(ITestOutputHelper output)
{
    private static readonly ITreeLearner Learner =
        new ServiceCollection().AddTreeLearner().BuildServiceProvider().GetRequiredService<ITreeLearner>();

    [Fact]
    public void Trees_learn_what_a_profile_cannot_tell_and_may_serve()
    {
        // Mondays bear half at night: neither the weekday nor the window alone tells it.
        var scores = Scores(new LimitDays(56, 1, (day, hour) =>
            LimitDays.First.AddDays(day).DayOfWeek == DayOfWeek.Monday && hour is >= 2 and < 8 ? 0.5 : 1));

        Assert.True(PromotionGate.MayServe(scores), $"{scores.Challenger} {scores.Experts} {scores.DifferenceAtMost}");
        Assert.InRange(scores.Coverage80, 0.6, 0.97);
    }

    [Fact]
    public void Where_the_profile_tells_all_trees_do_no_harm()
    {
        var fit = Fit(new LimitDays(28, 2));
        Assert.True(fit is null || fit.Value.Scores.Difference < 0.1);
    }

    [Fact]
    public void The_same_windows_give_the_same_model()
    {
        var days = new LimitDays(28, 3, (_, hour) => hour < 6 ? 0.5 : 1);
        Assert.Equal(Fit(days)?.Scores.Challenger, Fit(days)?.Scores.Challenger);
    }

    [Fact]
    public void A_walk_never_sees_what_came_after_the_forecast()
    {
        var days = new LimitDays(10, 1).Seen(10);
        var whole = LimitWalk.Through("e", days, CancellationToken.None).Take(100).Select(example => example.Profile).ToList();
        var part = LimitWalk.Through("e", days[..200], CancellationToken.None).Take(100).Select(example => example.Profile).ToList();
        Assert.Equal(part, whole[..part.Count]);
        Assert.All(
            LimitWalk.Through("e", days, CancellationToken.None), example => Assert.True(example.At <= example.Seen.Begin.AddTicks(1)));
    }

    private ModelScores Scores(LimitDays days)
    {
        var scores = Fit(days)!.Value.Scores;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {scores.Challenger:0.000} | {scores.Experts:0.000} | {scores.Difference:0.000} | {scores.DifferenceAtMost:0.000} "
            + $"| {scores.Coverage80:0.00} |"));
        return scores;
    }

    private static (LearnedLimit Model, IReadOnlyList<LimitExample> Fitted, ModelScores Scores)? Fit(LimitDays days) =>
        LimitTraining.Fit([.. LimitWalk.Through("e", days.Seen(56), CancellationToken.None)], null, Learner, CancellationToken.None);
}
