using EodPredict.Replay.Vendor;
using EodPredict.Scraping.Limit;
using EodPredict.Tests.Scraping.Simulation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Limit;

public sealed class RateLawsTests
{
    [Property(MaxTest = 40)]
    public Property The_quota_of_a_window_is_found_from_a_few_overloads() => Prop.ForAll(
        Gen.Choose(20, 400).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), Gen.Choose(3, 40).ToArbitrary(), (quota, slides, excess) =>
        {
            var shape = slides ? ThrottleShape.SlidingWindow : ThrottleShape.FixedWindow;
            var laws = Ask(Limit(shape, quota, null), Overloads(quota, 1 + (excess / 100.0), 20));
            return laws.Bounds is { } found && found.Low > 0.97 * quota && found.High < 1.03 * quota;
        });

    [Property(MaxTest = 40)]
    public Property The_rate_of_a_small_bucket_is_found_from_a_few_overloads() => Prop.ForAll(
        Gen.Choose(2, 15).ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), Gen.Choose(20, 40).ToArbitrary(), (rate, burst, excess) =>
        {
            var laws = Ask(Limit(ThrottleShape.TokenBucket, rate, burst), Overloads(rate, 1 + (excess / 100.0), 120));
            return laws.Bounds is { } found && found.Low > 0.5 * rate && found.Low < 1.03 * rate && found.High > 0.97 * rate;
        });

    [Fact]
    public void A_window_whose_quota_falls_is_believed_no_more()
    {
        var laws = Ask(Limit(ThrottleShape.SlidingWindow, 50, null), Overloads(50, 1.1, 20));
        Assert.Equal(50, laws.Bounds!.Value.High, 0);

        Ask(Limit(ThrottleShape.SlidingWindow, 20, null), Overloads(50, 1.1, 2).Select(at => at + 30), laws);

        Assert.True(laws.Bounds is not { } left || left.High < 45, $"{laws.Bounds}");
    }

    [Fact]
    public void A_window_whose_quota_rises_is_believed_no_more()
    {
        var laws = Ask(Limit(ThrottleShape.SlidingWindow, 50, null), Overloads(50, 1.1, 20));

        Ask(Limit(ThrottleShape.SlidingWindow, 100, null), Overloads(80, 1, 6).Select(at => at + 30), laws);

        Assert.Null(laws.Bounds);
    }

    [Fact]
    public void Refusals_at_random_are_explained_by_nothing()
    {
        var (laws, random) = (new RateLaws(), new Random(3));
        for (var i = 0; i < 3000; i++)
        {
            laws.Add(i * 0.02, random.NextDouble() < 0.02);
        }

        laws.Settle(double.PositiveInfinity);

        Assert.Null(laws.Bounds);
    }

    [Fact]
    public void What_was_sent_after_something_unanswered_is_not_judged_yet()
    {
        var laws = new RateLaws();
        foreach (var at in Overloads(5, 1.2, 20))
        {
            laws.Add(at, isRefused: false);
        }

        laws.Add(100, isRefused: true);
        laws.Settle(99);

        Assert.Null(laws.Bounds);
    }

    private static RateLaws Ask(ThrottleOptions options, IEnumerable<double> instants, RateLaws? laws = null)
    {
        var clock = new SimulationClock();
        var limit = new EndpointLimit(options, clock, clock);
        laws ??= new();
        foreach (var at in instants)
        {
            clock.Now = TimeSpan.FromSeconds(at);
            laws.Add(at, !limit.Enter().Admitted);
        }

        laws.Settle(double.PositiveInfinity);
        return laws;
    }

    // Half of the rate in turn with more than the rate, each for three seconds or a few requests.
    private static IEnumerable<double> Overloads(double rate, double factor, double seconds)
    {
        var (phase, random) = (Math.Max(3, 12 / rate), new Random(7));
        for (var at = 0.37; at < seconds; at += 1 / (rate * ((int)(at / phase) % 2 == 0 ? 0.5 : factor)))
        {
            yield return at + (random.NextDouble() * 0.0001);
        }
    }

    private static ThrottleOptions Limit(ThrottleShape shape, double limit, double? burst) => new()
    {
        Shape = shape, Limit = limit, Burst = burst,
    };
}
