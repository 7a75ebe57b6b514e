using EodPredict.Availability;
using EodPredict.Forecasting;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Availability;

public sealed class BudgetPriceTests
{
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(48);

    [Fact]
    public void Nothing_is_short_where_the_budget_is_enough()
    {
        Assert.Equal(0, BudgetPrice.Of(100, 1, [Wide(60), Wide(120)], 1, 0));
        Assert.Equal(0, BudgetPrice.Of(100, 1, [], 0, 1000));
        Assert.Equal(0, BudgetPrice.Of(0, 1, [Wide(60)], 1, 0));
    }

    [Fact]
    public void Sessions_that_are_to_come_count_as_those_that_are_open()
    {
        SessionDemand[] open = [Wide(60), Wide(120)];

        Assert.Equal(BudgetPrice.Of(30, 1, open, 10, 0), BudgetPrice.Of(30, 1, open, 1, 18), 9);
        Assert.True(BudgetPrice.Of(30, 1, open, 10, 0) > 0);
    }

    [Fact]
    public void Tickers_that_are_awaited_together_want_little_more_than_a_GET_each()
    {
        var together = Wide(60) with { Together = 50 };

        Assert.True(Wide(60).Gets(0) > 1.5);
        Assert.InRange(together.Gets(0), 0.9, 1.1);
    }

    [Fact]
    public void What_comes_after_the_day_is_not_of_this_budget()
    {
        Assert.Equal(0, (Wide(600) with { DayEnds = TimeSpan.FromHours(1) }).Gets(0), 9);
    }

    [Property(MaxTest = 50)]
    public Property The_price_keeps_the_GETs_within_the_budget_and_is_no_higher_than_it_must() =>
        Prop.ForAll(
            Gen.Choose(20, 900).ArrayOf(5).ToArbitrary(), Gen.Choose(5, 40).ToArbitrary(),
            (medians, left) =>
            {
                SessionDemand[] sessions = [.. medians.Select(median => Wide(median))];
                double Gets(double price) => sessions.Sum(session => session.Gets(price)) * 3;
                var price = BudgetPrice.Of(left, 1, sessions, 3, 0);
                return Gets(price) <= left || price >= 64
                    ? price == 0 || Gets(Math.Max(0, price - (0.07 * price) - 0.02)) > left
                    : false;
            });

    [Property(MaxTest = 50)]
    public Property Less_is_never_cheaper() =>
        Prop.ForAll(Gen.Choose(20, 900).ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (median, left) =>
            BudgetPrice.Of(left, 1, [Wide(median)], 10, 0) >= BudgetPrice.Of(left + 3, 1, [Wide(median)], 10, 0));

    // Anywhere within an hour and a half on either side, or at most.
    private static SessionDemand Wide(double median)
    {
        var from = Math.Max(0, median - 90);
        return new SessionDemand(
            new ArrivalLaw([.. Enumerable.Range(0, 37).Select(i => from + (i * 5.0))], [.. Enumerable.Repeat(1.0, 36)], 0.02),
            new CheckPrices(), new PlanningLimits(TimeSpan.Zero, Horizon), TimeSpan.FromHours(24), 1);
    }
}
