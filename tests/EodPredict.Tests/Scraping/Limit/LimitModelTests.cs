using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Tests.Scraping.Limit;

public sealed class LimitModelTests
{
    [Theory]
    [InlineData("token bucket 50/s burst 50", LimitShape.TokenBucket, 50, 50)]
    [InlineData("strict 50/s burst 2", LimitShape.StrictSpacing, 50, 2)]
    [InlineData("sliding 50 per 1 s", LimitShape.SlidingWindow, 50, 50)]
    [InlineData("fixed window 500 per 10 s", LimitShape.FixedWindow, 50, 500)]
    [InlineData("fixed window 1000 per 60 s", LimitShape.FixedWindow, 1000 / 60.0, 1000)]
    public void It_tells_the_shape_from_what_a_polite_client_saw(string name, LimitShape shape, double rate, double burst)
    {
        var estimate = Infer(Scenarios.Named(name));

        Assert.Equal(shape, estimate.Shape);
        Assert.InRange(estimate.RatePerSecond, 0.95 * rate, 1.05 * rate);
        Assert.InRange(estimate.Burst, burst - Math.Max(0.5, 0.1 * burst), burst + Math.Max(0.5, 0.1 * burst));
        Assert.True(estimate.ShapeConfidence > 0.05 && estimate.RateConfidence > 0.2);
        Assert.False(estimate.RefusalsCount);
        Assert.Null(estimate.InFlight);
        Assert.Equal(TimeSpan.Zero, estimate.Ban);
    }

    [Fact]
    public void A_run_of_a_moment_can_be_inferred_from()
    {
        var attempts = Enumerable.Range(0, 20).Select(i => new Attempt(
            TimeSpan.FromMilliseconds(20 * i), TimeSpan.FromMilliseconds((20 * i) + 10), 0,
            i < 10 ? AttemptOutcome.Accepted : AttemptOutcome.Refused));
        Assert.True(LimitModel.Infer(attempts).RatePerSecond > 0);
    }

    [Fact]
    public void It_tells_that_refusals_count()
    {
        var estimate = Infer(Scenarios.Named("sliding 50 per 1 s, refusals count"));

        Assert.Equal(LimitShape.SlidingWindow, estimate.Shape);
        Assert.True(estimate.RefusalsCount && estimate.RefusalsCountConfidence > 0.2);
        Assert.Equal(TimeSpan.FromSeconds(1), estimate.Window);
    }

    [Fact]
    public void Too_few_refusals_leave_the_shape_unknown_and_the_rate_a_lower_bound()
    {
        var estimate = LimitModel.Infer(Enumerable.Range(0, 1000).Select(i => At(i * 0.02, 3, AttemptOutcome.Accepted)));

        Assert.Equal(LimitShape.Unknown, estimate.Shape);
        Assert.Equal(0, estimate.RateConfidence);
        Assert.InRange(estimate.RatePerSecond, 49, 51);
        Assert.Equal(0, LimitModel.Infer([]).RatePerSecond);
    }

    [Fact]
    public void Refusals_from_one_number_in_flight_on_are_a_cap_and_no_rate()
    {
        var random = new Random(5);
        var attempts = Enumerable.Range(0, 2000).Select(i => (At: i * 0.02, InFlight: random.Next(9)))
            .Select(sent => At(sent.At, sent.InFlight, sent.InFlight >= 6 ? AttemptOutcome.Refused : AttemptOutcome.Accepted));

        var estimate = LimitModel.Infer(attempts);

        Assert.Equal(6, estimate.InFlight);
        Assert.Equal(1, estimate.InFlightConfidence, 6);
        Assert.Equal(LimitShape.Unknown, estimate.Shape);
    }

    [Fact]
    public void A_refusal_of_everything_that_the_limit_does_not_explain_is_a_ban()
    {
        // Sixty requests a second against fifty, then ten seconds of nothing but refusals at one a second, then fifty again.
        var strict = Enumerable.Range(0, 1200).Select(i => At(i / 60.0, 1, i % 6 == 5 ? AttemptOutcome.Refused : AttemptOutcome.Accepted));
        var banned = Enumerable.Range(0, 11).Select(i => At(20 + i, 0, AttemptOutcome.Refused));
        var after = Enumerable.Range(0, 900).Select(i => At(31 + (i / 49.0), 1, AttemptOutcome.Accepted));

        Assert.InRange(LimitModel.Infer([.. strict, .. banned, .. after]).Ban.TotalSeconds, 8, 11);
    }

    private static LimitEstimate Infer(Scenario scenario) =>
        LimitModel.Infer(SimulationPlayer.Play(scenario, 1, _ => new PaceController()).Attempts.TakeLast(12_000));

    private static Attempt At(double seconds, int inFlight, AttemptOutcome outcome) =>
        new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 0.1), inFlight, outcome);
}
