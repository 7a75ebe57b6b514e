using EodPredict.Forecasting;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Tests.Forecasting.Learned;

namespace EodPredict.Tests.Forecasting.Models;

public sealed class CostComparisonTests
{
    private static readonly Dataset Prices = new() { Name = "d", Provider = "p", Tickers = [], GetCost = 1, DelayCostPerMinute = 0.1 };
    private static readonly ArrivalLaw Law = new([0, 60, 120, 2880], [1, 2, 1], 0.1);

    [Fact]
    public void A_session_costs_its_GETs_and_the_minutes_until_the_one_that_finds_it()
    {
        // Checked at 80 and 120 minutes: what comes from 60 to 100, in eight places, is found half by the one and half by the other.
        var costs = new CostComparison(Prices, (_, _) => [TimeSpan.FromMinutes(80), TimeSpan.FromMinutes(120), TimeSpan.FromHours(48)])
            .Of([Session(60, 100)], History(60, 100), PromotionGateTests.Hazard(0.1f), null);

        Assert.Equal((0.5 * (1 + 1.0)) + (0.5 * (2 + 3.0)), costs.Experts, 9);
        Assert.Equal(0, costs.Difference, 9);
        Assert.Null(costs.Champion);
    }

    [Fact]
    public void What_never_came_costs_the_GETs_alone()
    {
        var costs = new CostComparison(Prices, (_, _) => [TimeSpan.FromMinutes(80), TimeSpan.FromHours(48)])
            .Of([Session(2880, null)], History(2880, null), PromotionGateTests.Hazard(0.1f), null);

        Assert.Equal(2, costs.Experts, 9);
    }

    [Fact]
    public void The_quantile_rule_looks_back_and_is_tuned_in_hindsight()
    {
        // Always within the same seconds: a first GET in their middle finds half of them, one three minutes later the others.
        var costs = new CostComparison(Prices, (_, _) => [TimeSpan.FromMinutes(120)])
            .Of([Session(89.9, 90)], History(89.9, 90), PromotionGateTests.Hazard(0.1f), PromotionGateTests.Hazard(0.2f));

        Assert.Equal((0.5 * 1) + (0.5 * (2 + 0.3)), costs.Quantile, 0.01);
        Assert.Equal(costs.Experts, costs.Champion!.Value, 9);
    }

    private static WalkedSession Session(double after, double? by) =>
        new("T", Past(40, after, by), Law, HazardRowsTests.Example(0.2, 0.3) with { SessionDate = LearnedDays.First.AddDays(40) });

    private static Dictionary<string, List<PastArrival>> History(double after, double? by) =>
        new() { ["T"] = [.. Enumerable.Range(0, 41).Select(day => Past(day, after, by))] };

    private static PastArrival Past(int day, double after, double? by)
    {
        var date = LearnedDays.First.AddDays(day);
        return new PastArrival(
            date, new DateTimeOffset(date, new TimeOnly(21, 0), TimeSpan.Zero),
            new ArrivalInterval(TimeSpan.FromMinutes(after), by is { } minutes ? TimeSpan.FromMinutes(minutes) : null));
    }
}
