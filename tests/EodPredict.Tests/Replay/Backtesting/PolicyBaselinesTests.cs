using EodPredict.Replay.Backtesting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Tests.Replay.Backtesting;

public sealed class PolicyBaselinesTests
{
    private static readonly DateTimeOffset Close = new(2024, 1, 1, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_usual_ways_of_polling_cost_what_they_do_by_hand()
    {
        // Arrivals at 40, 50 and 70 minutes; the last two are scored.
        var sessions = new[] { 40, 50, 70 }.Select((m, i) => Session(i, m)).ToArray();

        var costs = PolicyBaselines.Of(sessions, s => s.SessionDate > new DateOnly(2024, 1, 1), 1, 0.1, TimeSpan.FromHours(48));

        Assert.Equal(new PolicyCost(2.5, 15, 4.0), costs["fixed(30)"]);
        Assert.Equal(new PolicyCost(1.5, 30, 4.5), costs["fixed(60)"]);
        Assert.Equal(new PolicyCost(1, 0, 1), costs["hindsight"]);
        Assert.Equal(["fixed(5)", "fixed(15)", "fixed(30)", "fixed(60)", "airflow", "quantile", "hindsight"], costs.Keys);

        // Pokes at 0.5, 2, 5, 11, 23, 47 and then every 30 minutes: found at 77 after 7 checks, twice.
        Assert.Equal(7, costs["airflow"].Gets);
        Assert.Equal((77 - 50 + 77 - 70) / 2.0, costs["airflow"].DelayMinutes, 9);

        // From 40 on every 10 minutes is exact for both; the second session's past at the higher quantiles is 50, which saves a GET.
        Assert.Equal(10, costs["quantile"].GapMinutes);
        Assert.True(costs["quantile"].Cost < 3);
    }

    [Fact]
    public void What_never_arrives_costs_the_GETs_up_to_the_horizon()
    {
        var costs = PolicyBaselines.Of([new RecordedSession("A", new DateOnly(2024, 1, 1), Close, null)], _ => true, 1, 0.1, TimeSpan.FromHours(2));

        Assert.Equal(new PolicyCost(4, 0, 4), costs["fixed(30)"]);
    }

    private static RecordedSession Session(int day, double minutes) =>
        new("A", new DateOnly(2024, 1, 1).AddDays(day), Close.AddDays(day), Close.AddDays(day).AddMinutes(minutes));
}
