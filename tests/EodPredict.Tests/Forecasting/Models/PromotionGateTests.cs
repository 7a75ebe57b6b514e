using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Tests.Forecasting.Learned;

namespace EodPredict.Tests.Forecasting.Models;

public sealed class PromotionGateTests
{
    // Arrivals later than the experts expect: four in five near the end of their laws.
    private static readonly LearnedExample[] Late =
    [
        .. Enumerable.Range(0, 200).Select(i =>
            HazardRowsTests.Example(i % 5 == 0 ? 0.2 : 0.85, i % 5 == 0 ? 0.3 : 0.95) with { SessionDate = LearnedDays.First.AddDays(i / 4) }),
    ];

    [Fact]
    public void A_challenger_that_foretells_better_may_serve()
    {
        var scores = PromotionGate.Score(Hazard(0.08f), null, Late);
        Assert.True(scores.Challenger < scores.Experts);
        Assert.True(PromotionGate.MayServe(scores));
        Assert.Equal((50, 200), ((scores.To.DayNumber - scores.From.DayNumber) + 1, scores.Sessions));
    }

    [Fact]
    public void A_challenger_that_foretells_worse_may_not()
    {
        Assert.False(PromotionGate.MayServe(PromotionGate.Score(Hazard(0.3f), null, Late)));
        Assert.False(PromotionGate.MayServe(PromotionGate.Score(Hazard(0.09f), Hazard(0.08f), Late)));
    }

    [Fact]
    public void The_same_again_is_no_reason_to_change() =>
        Assert.False(PromotionGate.MayServe(PromotionGate.Score(Hazard(0.08f), Hazard(0.08f), Late)));

    [Fact]
    public void A_champion_that_is_worse_than_the_experts_is_no_measure() =>
        Assert.False(PromotionGate.MayServe(PromotionGate.Score(Hazard(0.14f), Hazard(0.4f), Late)));

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(2.01, true)]
    [InlineData(2.1, false)]
    public void A_challenger_whose_checks_would_cost_more_may_not(double challenger, bool may)
    {
        var costs = new CheckCosts
        {
            Sessions = 200, Experts = 2, Challenger = challenger, Quantile = 3, Difference = challenger - 2, DifferenceAtMost = challenger,
        };

        Assert.Equal(may, PromotionGate.MayServe(PromotionGate.Score(Hazard(0.08f), null, Late) with { Costs = costs }));
    }

    [Fact]
    public void Coverage_is_the_share_of_each_interval_inside()
    {
        var example = HazardRowsTests.Example(0.2, 0.3);
        Assert.Equal(0.5, LawCoverage.Of(null, [example], 0.5), 1e-9);
        Assert.Equal(1, LawCoverage.Of(null, [example], 0.8), 1e-9);
        Assert.Equal(0, LawCoverage.Of(null, [HazardRowsTests.Example(0.99, 1)], 0.5), 1e-9);
    }

    // The same hazard everywhere.
    internal static LearnedHazard Hazard(float hazard)
    {
        var row = new TrainingRows(SessionFeatures.Names.Count, new float[SessionFeatures.Names.Count], (float[])[hazard]);
        return new LearnedHazard(TreeEnsemble.Constant(row, TreeObjective.Logistic, "test"), 1);
    }
}
