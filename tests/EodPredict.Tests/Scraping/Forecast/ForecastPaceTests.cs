using System.Globalization;
using EodPredict.Scraping.Forecast;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping.Forecast;

/// <summary>What a forecast gains where it is right, and costs where it is wrong. Virtual time.</summary>
public sealed class ForecastPaceTests(ITestOutputHelper output)
{
    private const double Burst = 50;
    private const double Hours = 1;

    // From the begin of the fifteenth day on: what the limit is multiplied by, which nobody foresaw.
    public static TheoryData<string, double> Regimes => new() { { "as ever", 1 }, { "halved", 0.5 }, { "doubled", 2 }, { "a fifth", 0.2 } };

    [Theory]
    [MemberData(nameof(Regimes))]
    public void A_run_with_a_forecast_takes_at_most_a_hundredth_longer_than_one_without(string regime, double factor)
    {
        var (with, without) = (new List<double>(), new List<double>());
        var refused = (With: 0.0, Without: 0.0);
        for (var seed = 1; seed <= 3; seed++)
        {
            var days = new LimitDays(15, seed, (day, _) => day < 14 ? 1 : factor);
            var scenario = Day(days, LimitDays.First.AddDays(14).AddHours(7));
            var forecast = Play(scenario, seed, days.Outlook(14));
            var cold = Play(scenario, seed, null);
            with.Add(Makespan(scenario, forecast));
            without.Add(Makespan(scenario, cold));
            refused = (refused.With + forecast.Refused / 3, refused.Without + cold.Refused / 3);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{regime}: makespan / ideal {with.Average():0.0000} : {refused.With:0.00%} with, "
            + $"{without.Average():0.0000} : {refused.Without:0.00%} without"));
        Assert.InRange(with.Average() / without.Average(), 0, 1.01);
        Assert.InRange(with.Average(), 0, factor == 1 ? 1.02 : 1.03);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_step_that_does_not_come_costs_at_most_a_hundredth_of_a_window(double step)
    {
        var scenario = Scenarios.Bucket(50, 50) with { Duration = LimitWindow.Length.TotalSeconds };
        var expected = false;
        var (told, untold) = (
            SimulationPlayer.Play(scenario, 1, _ => new PaceController(), (pace, now) =>
            {
                if (!expected && now.TotalSeconds > 60)
                {
                    expected = true;
                    pace.Expect(step);
                }
            }),
            SimulationPlayer.Play(scenario, 1, _ => new PaceController()));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"step {step}: {told.Goodput:0.0000} : {told.Refused:0.00%}, else {untold.Goodput:0.0000} : {untold.Refused:0.00%}"));
        Assert.InRange(told.Goodput / untold.Goodput, 0.99, 1.01);
        Assert.InRange(told.Refused, 0, untold.Refused + 0.01);
    }

    [Fact]
    public void A_step_that_comes_costs_less_where_it_is_expected()
    {
        var scenario = Scenarios.Bucket(100, 10) with { Duration = 300, Factor = at => at < 100 ? 1 : at < 200 ? 0.4 : 1 };
        var turns = new Queue<(double At, double Step)>([(100, 0.4), (200, 2.5)]);
        var told = SimulationPlayer.Play(scenario, 1, _ => new PaceController(), (pace, now) =>
        {
            if (turns.TryPeek(out var turn) && now.TotalSeconds >= turn.At)
            {
                pace.Expect(turns.Dequeue().Step);
            }
        });
        var untold = SimulationPlayer.Play(scenario, 1, _ => new PaceController());
        output.WriteLine($"{told.Goodput} : {told.Refused}, else {untold.Goodput} : {untold.Refused}");
        Assert.True(told.Refused < 0.8 * untold.Refused && told.Goodput > untold.Goodput + 0.005);
    }

    private static Scenario Day(LimitDays days, DateTimeOffset from) => Scenarios.Bucket(50, Burst) with
    {
        Factor = at => days.At(from + TimeSpan.FromSeconds(at)) / 50,
        Duration = TimeSpan.FromHours(Hours).TotalSeconds,
    };

    private static SimulationResult Play(Scenario scenario, int seed, LimitOutlook? outlook)
    {
        var from = LimitDays.First.AddDays(14).AddHours(7);
        var forecast = new PaceForecast(outlook ?? new LimitOutlook(from, [], null, null));
        return SimulationPlayer.Play(
            scenario, seed, _ => new PaceController(new PaceSettings { LearnedRate = forecast.Start(from) }), (pace, now) =>
            {
                if (forecast.Turn(from + now) is { } step)
                {
                    pace.Expect(step);
                }
            });
    }

    // How long nine tenths of what can be had take, against the least time in which the server could have served them.
    private static double Makespan(Scenario scenario, SimulationResult result)
    {
        const double Step = 0.05;
        var all = Burst + Enumerable.Range(0, (int)(scenario.Duration / Step)).Sum(i => scenario.Capacity((i + 0.5) * Step) * Step);
        var items = (int)(0.9 * all);
        var (ideal, served) = (0.0, Burst);
        for (; served < items; ideal += Step)
        {
            served += scenario.Capacity(ideal + (Step / 2)) * Step;
        }

        var ends = result.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Accepted)
            .Select(attempt => attempt.FinishedAt.TotalSeconds).Order().ToList();
        return ends[items - 1] / (ideal + scenario.Latency);
    }
}
