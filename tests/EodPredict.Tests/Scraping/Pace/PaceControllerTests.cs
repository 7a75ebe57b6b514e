using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class PaceControllerTests
{
    [Property(MaxTest = 12)]
    public Property It_finds_any_token_bucket() =>
        Prop.ForAll(
            Gen.Choose(10, 300).ToArbitrary(),
            Gen.Choose(2, 200).ToArbitrary(),
            Gen.Choose(20, 200).ToArbitrary(),
            (rate, burst, latency) =>
            {
                var scenario = Scenarios.Bucket(rate, burst, latency / 1000.0) with { Jitter = 0.0002, Duration = 90, Settled = 30 };
                var result = SimulationPlayer.Play(scenario, rate + burst + latency, _ => new PaceController());
                return (result.SettledGoodput is > 0.9 and < 1.2 && result.SettledRefused < 0.02)
                    .Label($"{rate}/s burst {burst} at {latency} ms: {result.SettledGoodput:0.000} : {result.SettledRefused:0.0000}");
            });

    [Fact]
    public void It_keeps_to_the_bounds_it_was_given()
    {
        var settings = new PaceSettings { MaxPace = 20, MaxInFlight = 3 };
        var result = SimulationPlayer.Play(Scenarios.Bucket(500, 500) with { Duration = 30 }, 1, _ => new PaceController(settings));

        Assert.All(result.Attempts, attempt => Assert.InRange(attempt.InFlight, 0, 2));
        Assert.InRange(result.Attempts.Count(attempt => attempt.SentAt.TotalSeconds is >= 10 and < 20), 150, 201);
    }

    [Fact]
    public void What_others_had_out_is_refused_at_a_pace_though_it_sent_nothing_itself()
    {
        var controller = new PaceController();
        controller.Continue(TimeSpan.FromSeconds(1), rate: 100, low: 0, high: double.PositiveInfinity);
        for (var second = 2; second < 6; second++)
        {
            var (sent, ended) = (TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second + 0.1));
            controller.Told(ended, [new Attempt(sent, ended, 0, AttemptOutcome.Refused)], null);
        }

        Assert.True(controller.Rate > 1, $"{controller.Rate}/s");
    }

    [Fact]
    public void It_starts_from_one_request_though_the_very_first_was_refused()
    {
        var controller = new PaceController();
        var (now, sent) = (TimeSpan.Zero, 0);
        for (; now < TimeSpan.FromSeconds(3); sent++)
        {
            var advice = controller.Ask(now);
            now = advice.Send ? now : advice.AskAgain;
            controller.Sent(now);
            var at = now;
            now += TimeSpan.FromMilliseconds(100);
            controller.Finished(new(at, now, 0, sent == 0 ? AttemptOutcome.Refused : AttemptOutcome.Accepted));
        }

        Assert.InRange(sent, 10, 40);
        Assert.Equal(0, controller.Rate);
    }

    public static TheoryData<string, double> Near => new()
    {
        { "token bucket", 0.95 }, { "strict", 0.75 }, { "sliding", 0.9 }, { "fixed", 0.9 },
    };

    [Theory]
    [MemberData(nameof(Near))]
    public void A_server_that_answers_at_once_after_slow_first_replies_is_found_as_well(string shape, double goodput)
    {
        var scenario = shape switch
        {
            "token bucket" => Scenarios.Bucket(50, 50),
            "strict" => Scenarios.Strict(50, 1),
            "sliding" => Scenarios.Sliding(50, 1),
            _ => Scenarios.Fixed(500, 10),
        } with { Latency = 0.001, Jitter = 0.0001, Spread = 0.5, Lateness = 0.0005, SlowStart = 0.6, Duration = 60, Settled = 0 };

        var results = Enumerable.Range(1, 3).Select(seed => SimulationPlayer.Play(scenario, seed, _ => new PaceController())).ToList();

        var (least, refused) = (results.Average(result => result.Goodput), results.Average(result => result.Refused));
        Assert.True(least > goodput && refused < 0.03, $"{least} : {refused}");
    }

    [Fact]
    public void A_server_without_a_limit_is_used_fully_again_after_it_stood_still()
    {
        var scenario = Scenarios.Queue(4, 0.002) with
        {
            Jitter = 0.0001, Duration = 12, Slowness = at => at is > 3 and < 4 ? 500 : 1, Lateness = 0.0005,
        };

        var result = SimulationPlayer.Play(scenario, 1, _ => new PaceController());

        var after = result.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Accepted && attempt.SentAt.TotalSeconds >= 8) / 4.0;
        Assert.True(after > 0.7 * scenario.Capacity(10), $"{after}/s of {scenario.Capacity(10)}/s");
    }

    [Fact]
    public void A_learned_rate_is_where_it_starts()
    {
        var scenario = Scenarios.Strict(200, 2) with { Duration = 5, Settled = 0, Jitter = 0.0002 };

        var learned = SimulationPlayer.Play(scenario, 1, _ => new PaceController(new PaceSettings { LearnedRate = 190 }));
        var cold = SimulationPlayer.Play(scenario, 1, _ => new PaceController());

        Assert.True(learned.Goodput > 0.9 && learned.Goodput > cold.Goodput + 0.1, $"{learned.Goodput} and {cold.Goodput}");
    }

    [Fact]
    public void A_learned_rate_that_is_wrong_is_overruled()
    {
        var scenario = Scenarios.Strict(50, 2) with { Duration = 120 };

        foreach (var wrong in new[] { 10.0, 500 })
        {
            var result = SimulationPlayer.Play(scenario, 1, _ => new PaceController(new PaceSettings { LearnedRate = wrong }));
            Assert.InRange(result.SettledGoodput, 0.9, 1.01);
        }
    }

    [Fact]
    public void One_request_is_sent_until_the_first_reply()
    {
        var controller = new PaceController();

        Assert.True(controller.Ask(TimeSpan.Zero).Send);
        controller.Sent(TimeSpan.Zero);
        Assert.Equal(new PaceAdvice(false, TimeSpan.MaxValue), controller.Ask(TimeSpan.FromSeconds(5)));
        Assert.Equal(1, controller.InFlight);
    }

    [Fact]
    public void Everything_in_flight_when_the_limit_is_met_is_one_epoch()
    {
        var controller = new PaceController(new PaceSettings { LearnedRate = 100 });
        for (var i = 0; i < 100; i++)
        {
            Answer(controller, i * 0.01, i * 0.01, AttemptOutcome.Accepted);
        }

        var before = controller.Rate;
        foreach (var sent in new[] { 1.0, 1.001 })
        {
            controller.Sent(TimeSpan.FromSeconds(sent));
        }

        controller.Finished(Ended(1.0, 1.1, AttemptOutcome.Refused));
        controller.Finished(Ended(1.001, 1.101, AttemptOutcome.Refused));

        Assert.InRange(controller.Rate, 0.9 * before, before);
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, null)]
    [InlineData(1, 1, 0.0)]
    [InlineData(1, 1, double.NaN)]
    public void Settings_out_of_range_are_refused(double maxPace, int maxInFlight, double? learned) =>
        Assert.Throws<ArgumentException>(
            () => new PaceController(new PaceSettings { MaxPace = maxPace, MaxInFlight = maxInFlight, LearnedRate = learned }));

    private static void Answer(PaceController controller, double sent, double finished, AttemptOutcome outcome)
    {
        controller.Sent(TimeSpan.FromSeconds(sent));
        controller.Finished(Ended(sent, finished, outcome));
    }

    private static Attempt Ended(double sent, double finished, AttemptOutcome outcome) =>
        new(TimeSpan.FromSeconds(sent), TimeSpan.FromSeconds(finished), 0, outcome);
}
