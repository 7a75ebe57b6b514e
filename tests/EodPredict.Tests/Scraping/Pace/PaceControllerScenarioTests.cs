using System.Globalization;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping.Pace;

/// <summary>What the controller must reach on servers it knows nothing of, with one setting for all. Virtual time.</summary>
public sealed class PaceControllerScenarioTests(ITestOutputHelper output)
{
    private const int Seeds = 3;

    // Name, least settled goodput / capacity, most refused / sent, both as means over the seeds.
    public static TheoryData<string, double, double> Required => new()
    {
        { "token bucket 50/s burst 50", 0.985, 0.003 },
        { "sliding 50 per 1 s", 0.984, 0.003 },
        { "strict 50/s burst 2", 0.97, 0.003 },
        { "fixed window 500 per 10 s", 0.98, 0.005 },
        { "fixed window 1000 per 60 s", 0.95, 0.005 },
        { "sliding 50 per 1 s, refusals count", 0.95, 0.003 },
        { "50/s, 20 refusals in 2 s ban for 10 s", 0.97, 0.003 },
        { "50/s and 6 in flight", 0.95, 0.005 },
        { "50/s and 6 in flight at 200 ms", 0.95, 0.005 },
        { "steps 80/20/50/10 each minute", 0.97, 0.0085 },
        { "50/s with neighbours on and off 25/s", 0.95, 0.015 },
        { "50/s with neighbours at random 25/s", 0.95, 0.015 },
        { "strict 2/s burst 2", 0.97, 0.0062 },
        { "token bucket 2/s burst 2", 0.97, 0.0062 },
        { "token bucket 500/s burst 500", 0.97, 0.005 },
        { "queue of 10 servers at 0.1 s", 0.98, 0.001 },
        { "delays above 50/s without a word", 0.98, 0.001 },
        { "strict 50/s that is 3 times slower from 60 to 120 s", 0.95, 0.003 },
        { "strict 50/s that asks to wait 3600 s", 0.97, 0.003 },
    };

    [Theory]
    [MemberData(nameof(Required))]
    public void It_stays_just_under_a_limit_that_nobody_tells(string name, double goodput, double refused)
    {
        var results = Play(Scenarios.Named(name), Seeds);

        Assert.InRange(results.Average(result => result.SettledGoodput), goodput, 1.1);
        Assert.InRange(results.Average(result => result.SettledRefused), 0, refused);
    }

    [Fact]
    public void A_cold_start_costs_little()
    {
        var results = Play(Scenarios.Named("token bucket 50/s burst 50"), Seeds);

        Assert.All(results, result => Assert.True(result.Goodput > 0.97 && result.Refused < 0.004, $"{result.Goodput} : {result.Refused}"));
    }

    [Fact]
    public void A_fall_of_the_limit_is_followed_within_a_second_in_the_mean()
    {
        var (scenario, falls) = (Scenarios.Named("steps 80/20/50/10 each minute"), new[] { 60.0, 180 });

        var seconds = Play(scenario, 5).SelectMany(result => falls.Select(fall => Followed(scenario, result, fall))).Average();

        Assert.InRange(seconds, 0, 1);
    }

    [Fact]
    public void A_rise_of_the_limit_is_followed_within_three_seconds_in_the_mean()
    {
        const double Window = 3;
        var (scenario, rise) = (Scenarios.Named("steps 80/20/50/10 each minute"), 120.0);

        var seconds = Play(scenario, 8).Average(result => Enumerable.Range(0, 1200).Select(step => step * 0.05).First(after => result.Attempts.Count(
            attempt => attempt.Outcome == AttemptOutcome.Accepted
                && attempt.SentAt.TotalSeconds >= rise + after && attempt.SentAt.TotalSeconds < rise + after + Window)
            >= 0.9 * Window * scenario.Capacity(rise + 1)));

        Assert.InRange(seconds, 0, 3);
    }

    [Fact]
    public void A_long_window_shared_by_several_loses_nothing_to_refusals_of_its_end() =>
        Assert.InRange(
            Play(Scenarios.Named("fixed window 500 per 10 s, 8 that share it"), 5).Average(result => result.SettledGoodput), 0.98, 1.1);

    [Fact]
    public void It_is_never_banned_where_twenty_refusals_in_two_seconds_ban() =>
        Assert.All(
            Play(Scenarios.Named("50/s, 20 refusals in 2 s ban for 60 s"), Seeds), result => Assert.InRange(result.LongestRefusal, 0, 2));

    [Fact]
    public void Latency_stays_low_where_the_server_queues() =>
        Assert.All(
            Play(Scenarios.Named("queue of 10 servers at 0.1 s"), Seeds), result => Assert.InRange(result.Latency95, 0, 1.5 * 0.124));

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var scenario = Scenarios.Named("strict 50/s burst 2") with { Duration = 20 };

        Assert.Equal(Play(scenario, 1)[0].Attempts, Play(scenario, 1)[0].Attempts);
    }

    /// <summary>The measured table of docs/scraping.md.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public void The_table()
    {
        output.WriteLine("| scenario | goodput/capacity : refused, whole run | settled (worst seed) | p95 latency | Jain | statements |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var scenario in Scenarios.All)
        {
            var results = Play(scenario, 5);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {scenario.Name} | {results.Average(r => r.Goodput):0.000} : {results.Average(r => r.Refused):0.00%} "
                + $"| {results.Average(r => r.SettledGoodput):0.000} ({results.Min(r => r.SettledGoodput):0.000}) : "
                + $"{results.Average(r => r.SettledRefused):0.00%} ({results.Max(r => r.SettledRefused):0.00%}) "
                + $"| {results.Max(r => r.Latency95):0.000} s "
                + $"| {results.Min(r => r.Fairness):0.000} | {results.Average(r => r.Exchanges):0.00}/s |"));
        }
    }

    // Since when a window of 3 s holds no more than the new limit admits, and a twentieth of it refused.
    private static double Followed(Scenario scenario, SimulationResult result, double fall)
    {
        const double Window = 3;
        for (var from = fall; ; from += 0.05)
        {
            var sent = result.Attempts.Where(
                attempt => attempt.SentAt.TotalSeconds >= from && attempt.SentAt.TotalSeconds < from + Window).ToList();
            if (sent.Count <= (1.03 * Window * scenario.Capacity(fall + 1)) + 1
                && 20 * sent.Count(attempt => attempt.Outcome == AttemptOutcome.Refused) <= sent.Count)
            {
                return from - fall;
            }
        }
    }

    private static SimulationResult[] Play(Scenario scenario, int seeds) =>
        [.. Enumerable.Range(1, seeds).Select(seed => SimulationPlayer.Play(scenario, seed, _ => new PaceController()))];
}
