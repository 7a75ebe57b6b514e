using EodPredict.Tests.Scraping.Simulation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping;

/// <summary>What processes that share a limit through a database must reach together. Virtual time.</summary>
public sealed class SharedPaceScenarioTests
{
    // Name, least goodput / capacity and most refused / sent of the whole run, least fairness; as means over the seeds.
    public static TheoryData<string, double, double, double> Required => new()
    {
        { "strict 50/s burst 2, 2 that share it", 0.96, 0.005, 0.98 },
        { "strict 50/s burst 2, 8 that share it", 0.96, 0.005, 0.98 },
        { "50/s, 20 refusals in 2 s ban for 60 s, 8 that share it", 0.97, 0.005, 0.98 },
        { "sliding 50 per 1 s, 8 that share it", 0.95, 0.005, 0.98 },
        { "steps 80/20/50/10 each minute, 8 that share it", 0.95, 0.015, 0.98 },
        { "token bucket 500/s burst 500, 8 that share it", 0.96, 0.008, 0.98 },
        { "strict 50/s burst 2, 8 that share it, one killed every 20 s and back after 10", 0.9, 0.005, 0.98 },
        { "strict 50/s burst 2, 8 that share it, two paused for 60 s", 0.93, 0.005, 0.9 },
        { "strict 50/s burst 2, 8 that share it, the database away for 5 s each minute", 0.87, 0.01, 0.98 },
    };

    [Theory]
    [MemberData(nameof(Required))]
    public void Together_they_stay_just_under_the_limit(string name, double goodput, double refused, double fairness)
    {
        var results = Play(Scenarios.Named(name), 3);

        Assert.InRange(results.Average(result => result.Goodput), goodput, 1.1);
        Assert.InRange(results.Average(result => result.Refused), 0, refused);
        Assert.InRange(results.Average(result => result.Fairness), fairness, 1);
        Assert.InRange(results.Average(result => result.Exchanges), 1, 3);
    }

    [Fact]
    public void They_are_never_banned_where_twenty_refusals_in_two_seconds_ban() =>
        Assert.All(
            Play(Scenarios.Named("50/s, 20 refusals in 2 s ban for 60 s, 8 that share it"), 3),
            result => Assert.InRange(result.LongestRefusal, 0, 2));

    [Property(MaxTest = 20)]
    public Property The_share_of_one_that_is_dead_or_paused_is_back_within_two_seconds() => Prop.ForAll(
        Gen.Choose(0, 3).ToArbitrary(), Gen.Choose(20, 22).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (victim, from, isKilled) =>
        {
            var scenario = Scenarios.Named("token bucket 50/s burst 50, 8 that share it") with
            {
                Processes = 4, Duration = from + 6, Stops = [new(victim, from, from + 60, isKilled)],
            };
            var sent = Play(scenario, 1)[0].Attempts.Select(attempt => attempt.SentAt.TotalSeconds).ToList();
            var before = sent.Count(at => at >= from - 4 && at < from) / 4.0;
            var after = sent.Count(at => at >= from + 2 && at < from + 5) / 3.0;
            return after > 0.9 * before;
        });

    private static SimulationResult[] Play(Scenario scenario, int seeds) =>
        [.. Enumerable.Range(1, seeds).Select(seed => SimulationPlayer.Play(scenario, seed, _ => throw new InvalidOperationException()))];
}
