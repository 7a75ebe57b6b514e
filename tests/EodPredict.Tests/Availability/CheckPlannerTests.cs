using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Providers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Availability;

public sealed class CheckPlannerTests
{
    private static readonly PlanningLimits FromClose = new(TimeSpan.Zero, TimeSpan.FromHours(48));

    [Fact]
    public void The_golden_schedule_comes_out()
    {
        // Barlow, Hunter and Proschan's problem for a log-normal arrival of median 120 minutes and sigma .25.
        var plan = CheckPlanner.Plan(
            LogNormal(1000), new CheckPrices { Get = 1, Minute = 0.05 }, new PlanningLimits(TimeSpan.Zero, TimeSpan.FromMinutes(1000)) { Candidates = 1001 });

        Assert.Equal([128, 157, 182, 206], plan.Checks.Take(4).Select(c => c.At.TotalMinutes));
        Assert.Equal(2.656, plan.ExpectedCost, 0.002);
    }

    [Fact]
    public void Fewer_candidates_cost_hardly_more()
    {
        var plan = CheckPlanner.Plan(
            LogNormal(1000), new CheckPrices { Minute = 0.05 }, new PlanningLimits(TimeSpan.Zero, TimeSpan.FromMinutes(1000)) { Candidates = 250 });

        Assert.InRange(plan.ExpectedCost, 2.65, 2.67);
    }

    [Property(MaxTest = 60)]
    public Property No_choice_of_check_times_is_cheaper() =>
        Prop.ForAll(
            Gen.Choose(0, 20).ArrayOf(9).Where(w => w.Sum() > 0).ToArbitrary(),
            Gen.Choose(1, 40).ToArbitrary(),
            Gen.Choose(0, 12).ToArbitrary(),
            (weights, minutePrice, choice) =>
            {
                double[] edges = [0, 5, 12, 20, 40, 41, 60, 100, 130, 200];
                var law = new ArrivalLaw(edges, [.. weights.Select(w => (double)w)], 1);
                var prices = new CheckPrices { Get = 1, Minute = minutePrice / 100.0, MissedDeadline = choice % 3 };
                TimeSpan? deadline = choice % 2 == 0 ? TimeSpan.FromMinutes(41) : null;
                var limits = new PlanningLimits(TimeSpan.FromMinutes(choice >= 8 ? 12 : 0), TimeSpan.FromMinutes(200)) { Deadline = deadline };
                var least = EverySubset([.. edges.Where(e => e >= limits.Earliest.TotalMinutes && e < 200)])
                    .Min(times => CostOf(law, prices, limits, [.. times, 200]));
                return Math.Abs(CheckPlanner.Plan(law, prices, limits).ExpectedCost - least) < 1e-9;
            });

    [Fact]
    public void The_plan_s_next_check_is_the_cheapest_candidate()
    {
        var prices = new CheckPrices { Minute = 0.05, MissedDeadline = 3 };
        var limits = new PlanningLimits(TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(1000)) { Deadline = TimeSpan.FromMinutes(140) };
        var plan = CheckPlanner.Plan(LogNormal(1000), prices, limits);
        var cheapest = CheckPlanner.Candidates(LogNormal(1000), prices, limits).MinBy(candidate => candidate.ExpectedCost)!;

        Assert.Equal(plan.Next.At, cheapest.At);
        Assert.Equal(plan.Next.ProbabilityThere, cheapest.ProbabilityThere, 9);
        Assert.Equal(plan.ExpectedCost, cheapest.ExpectedCost, 9);
    }

    [Fact]
    public void The_horizon_is_always_checked()
    {
        var soon = new ArrivalLaw([0, 1, 2880], [1, 0], 0);

        Assert.Equal(TimeSpan.FromHours(48), CheckPlanner.Plan(soon, new CheckPrices(), FromClose).Checks[^1].At);
        Assert.True(CheckPlanner.Plan(soon.GivenNotBy(TimeSpan.FromHours(48)), new CheckPrices(), FromClose with { Earliest = TimeSpan.FromHours(48) }).Next.IsLast);
    }

    [Fact]
    public void A_throttle_moves_the_first_check_to_its_end()
    {
        var plan = CheckPlanner.Plan(LogNormal(2880), new CheckPrices(), FromClose with { Earliest = TimeSpan.FromMinutes(300) });

        Assert.Equal(TimeSpan.FromMinutes(300), plan.Next.At);
    }

    [Fact]
    public void A_dear_GET_waits_longer()
    {
        var cheap = CheckPlanner.Plan(LogNormal(2880), new CheckPrices(), FromClose);
        var scarce = CheckPlanner.Plan(LogNormal(2880), new CheckPrices { ScarcityOfGet = 5 }, FromClose);

        Assert.True(scarce.Next.At > cheap.Next.At);
        Assert.True(scarce.Checks.Count < cheap.Checks.Count);
    }

    [Fact]
    public void More_tickers_waiting_on_one_check_are_checked_sooner_and_oftener()
    {
        var one = CheckPlanner.Plan(LogNormal(2880), new CheckPrices(), FromClose);
        var many = CheckPlanner.Plan(LogNormal(2880), new CheckPrices { TickersWaiting = 20 }, FromClose);

        Assert.True(many.Next.At < one.Next.At);
        Assert.True(many.Checks.Count > one.Checks.Count);
    }

    [Fact]
    public void A_deadline_is_checked_where_missing_it_is_dear()
    {
        var deadline = TimeSpan.FromMinutes(143);
        var plan = CheckPlanner.Plan(LogNormal(2880), new CheckPrices { MissedDeadline = 100 }, FromClose with { Deadline = deadline });

        Assert.Contains(plan.Checks, c => c.At == deadline);
    }

    [Fact]
    public void A_trusted_cheap_signal_is_asked_first_and_makes_the_plan_cheaper()
    {
        var gets = CheckPlanner.Plan(LogNormal(2880), new CheckPrices(), FromClose);
        var head = new CheckPrices { Signals = [new SignalTerms(CheckMethod.Head, 0.05, 0.02, 0.02)] };
        var plan = CheckPlanner.Plan(LogNormal(2880), head, FromClose);

        Assert.Equal(CheckMethod.Head, plan.Next.Method);
        Assert.True(plan.ExpectedCost < 0.75 * gets.ExpectedCost);
        Assert.Equal(CheckMethod.Get, plan.Checks[^1].Method);
    }

    [Fact]
    public void A_signal_that_has_just_said_no_rests()
    {
        var head = new CheckPrices { Signals = [new SignalTerms(CheckMethod.Head, 0.05, 0.02, 0.2)] };
        var no = TimeSpan.FromMinutes(150);
        var limits = new PlanningLimits(no, TimeSpan.FromMinutes(2880)) { SignalsFrom = no + PlanningLimits.SignalRest };

        var plan = CheckPlanner.Plan(LogNormal(2880).GivenSignalNotBy(no, 0.2), head, limits);

        Assert.All(plan.Checks.Where(c => c.Method == CheckMethod.Head), c => Assert.True(c.At >= limits.SignalsFrom));
        Assert.Contains(plan.Checks, c => c.Method == CheckMethod.Head);
    }

    [Fact]
    public void A_signal_that_says_nothing_is_not_asked()
    {
        var liar = new CheckPrices { Signals = [new SignalTerms(CheckMethod.Head, 0.05, 0.9, 0.9)] };

        Assert.All(CheckPlanner.Plan(LogNormal(2880), liar, FromClose).Checks, c => Assert.Equal(CheckMethod.Get, c.Method));
    }

    [Fact]
    public void The_reason_tells_how_likely_by_when_and_the_price()
    {
        var limits = FromClose with { Close = new DateTimeOffset(2024, 1, 8, 16, 0, 0, TimeSpan.FromHours(-5)) };

        var next = CheckPlanner.Plan(LogNormal(2880), new CheckPrices { Minute = 0.05 }, limits).Next;

        Assert.Equal("60% likely by 18:08; a GET costs as much as 20 minutes of delay", next.Reason);
        Assert.Equal(TimeSpan.FromMinutes(128), next.At);
    }

    [Fact]
    public void A_price_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CheckPlanner.Plan(LogNormal(2880), new CheckPrices { Minute = 0 }, FromClose));
        Assert.Throws<ArgumentException>(() => CheckPlanner.Plan(LogNormal(2880), new CheckPrices { Get = double.NaN }, FromClose));
    }

    private static ArrivalLaw LogNormal(int horizon)
    {
        double[] edges = [.. Enumerable.Range(0, horizon + 1).Select(i => (double)i)];
        double[] weights = [.. Enumerable.Range(0, horizon).Select(i => Cumulative(i + 1) - Cumulative(i))];
        return new ArrivalLaw(edges, weights, Math.Max(0, 1 - weights.Sum()));

        static double Cumulative(double t) => t <= 0 ? 0 : NormalLaw.Cumulative(Math.Log(t / 120) / 0.25);
    }

    private static IEnumerable<double[]> EverySubset(double[] times)
    {
        for (var mask = 0; mask < 1 << times.Length; mask++)
        {
            yield return [.. times.Where((_, i) => (mask & (1 << i)) != 0)];
        }
    }

    // The definition, by fine summation inside each window: arrivals before the earliest check wait from that check's earliest time on.
    private static double CostOf(ArrivalLaw law, CheckPrices prices, PlanningLimits limits, double[] times)
    {
        var (cost, found, previous) = (0.0, 0.0, 0.0);
        var (earliest, deadline) = (limits.Earliest.TotalMinutes, limits.Deadline?.TotalMinutes ?? double.PositiveInfinity);
        foreach (var time in times)
        {
            cost += prices.Get * (1 - found);
            var early = Math.Max(previous, earliest);
            var arrived = law.ProbabilityBy(TimeSpan.FromMinutes(time)) - found;
            if (previous < earliest)
            {
                cost += prices.Minute * (time - earliest) * law.ProbabilityBy(limits.Earliest);
            }

            if (law.MeanWithin(TimeSpan.FromMinutes(early), TimeSpan.FromMinutes(time)) is { } mean)
            {
                var mass = law.ProbabilityBy(TimeSpan.FromMinutes(time)) - law.ProbabilityBy(TimeSpan.FromMinutes(early));
                cost += prices.Minute * (time - mean.TotalMinutes) * mass;
            }

            if (time > deadline)
            {
                cost += prices.MissedDeadline * Math.Max(0, law.ProbabilityBy(TimeSpan.FromMinutes(deadline)) - found);
            }

            (found, previous) = (found + arrived, time);
        }

        return cost;
    }
}
