using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class ArrivalPriorTests
{
    [Fact]
    public void A_documented_time_draws_most_of_the_law_near_it()
    {
        var law = ArrivalPrior.Documented(TimeSpan.FromMinutes(90), ArrivalLaw.DefaultHorizon);

        Assert.InRange(law.Quantile(0.5)!.Value.TotalMinutes, 75, 120);
        Assert.InRange(law.ProbabilityBy(TimeSpan.FromMinutes(180)) - law.ProbabilityBy(TimeSpan.FromMinutes(45)), 0.7, 0.95);
    }

    [Fact]
    public void A_documented_time_at_the_close_or_behind_the_horizon_is_still_a_law()
    {
        Assert.True(ArrivalPrior.Documented(TimeSpan.Zero, ArrivalLaw.DefaultHorizon).ProbabilityBy(TimeSpan.FromMinutes(10)) > 0.5);
        Assert.True(ArrivalPrior.Documented(TimeSpan.FromDays(4), ArrivalLaw.DefaultHorizon).Missing > 0.3);
    }

    [Fact]
    public void Without_knowledge_anything_up_to_the_horizon_may_happen()
    {
        var law = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);

        Assert.All(law.Scores(TimeSpan.FromHours(4)), s => Assert.True(s.Probability > 0.01));
    }

    [Fact]
    public void A_new_ticker_is_expected_where_the_others_of_its_provider_are()
    {
        var near = new ArrivalLaw([0, 100, 110, 2880], [0.01, 0.97, 0.02], 0);

        var pool = ArrivalPrior.Pool([near, near, near], ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon));

        Assert.InRange(pool.ProbabilityBy(TimeSpan.FromMinutes(110)) - pool.ProbabilityBy(TimeSpan.FromMinutes(99)), 0.65, 0.85);
        Assert.Equal(ArrivalLaw.DefaultHorizon, pool.Horizon);
    }
}
