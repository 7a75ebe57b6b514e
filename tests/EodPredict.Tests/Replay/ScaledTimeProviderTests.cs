using EodPredict.Jobs;
using EodPredict.Replay;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Replay;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset WallStart = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ServiceStart = new(2024, 2, 28, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wall_minute_is_a_day_at_the_demo_speed()
    {
        var (clock, wall) = Create(1440);

        wall.AdvanceBy(TimeSpan.FromMinutes(1.5));

        Assert.Equal(ServiceStart.AddHours(36), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(36), clock.GetElapsedTime(0));
        Assert.Equal(TimeSpan.Zero, clock.GetLocalNow().Offset);
    }

    [Property]
    public void Dates_and_timestamps_tell_of_the_same_elapsed_time(PositiveInt speedTenths, PositiveInt wallMilliseconds)
    {
        var (clock, wall) = Create(speedTenths.Get / 10.0);
        var (date, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        wall.AdvanceBy(TimeSpan.FromMilliseconds(wallMilliseconds.Get));

        var byDate = clock.GetUtcNow() - date;
        var byStamp = clock.GetElapsedTime(stamp);
        Assert.InRange((byDate - byStamp).Ticks, -2, 2);
        Assert.InRange(byDate.TotalMilliseconds - (wallMilliseconds.Get * speedTenths.Get / 10.0), -0.001, 0.001);
    }

    [Property]
    public Property A_timer_never_fires_before_its_instant_and_at_most_a_wall_step_late() => Prop.ForAll(
        Gen.Choose(1, 20_000).ToArbitrary(),
        Gen.Choose(0, 50_000_000).ToArbitrary(),
        Gen.Choose(0, 3).ToArbitrary(),
        (speedTenths, dueMicroseconds, earlyMilliseconds) =>
        {
            var speed = speedTenths / 10.0;
            var wall = new VirtualTimeProvider(WallStart);
            var early = TimeSpan.FromMilliseconds(earlyMilliseconds);
            var clock = new ScaledTimeProvider(new(WallStart, ServiceStart, speed), new EarlyClock(wall, early));
            var due = TimeSpan.FromMicroseconds(dueMicroseconds);
            DateTimeOffset? fired = null;
            using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, due, Timeout.InfiniteTimeSpan);

            wall.AdvanceBy((due / speed) + TimeSpan.FromMilliseconds(10));

            var late = fired - (ServiceStart + due);
            return late >= TimeSpan.Zero && late <= TimeSpan.FromMilliseconds(2) * speed;
        });

    [Fact]
    public void A_periodic_timer_fires_once_a_period_and_leaves_out_what_was_missed()
    {
        var (clock, wall) = Create(1000);
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(
            _ => fired.Add(clock.GetUtcNow() - ServiceStart), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.4));

        wall.AdvanceBy(TimeSpan.FromMilliseconds(14));

        Assert.Equal([10, 11, 12, 13, 14], fired.Select(at => at.TotalSeconds));
    }

    [Fact]
    public void An_infinite_timer_waits_until_it_is_changed()
    {
        var (clock, wall) = Create(60);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        wall.AdvanceBy(TimeSpan.FromDays(400));
        Assert.Equal(0, fired);

        Assert.True(timer.Change(TimeSpan.FromDays(100), Timeout.InfiniteTimeSpan));
        wall.AdvanceBy(TimeSpan.FromDays(100) / 60);
        Assert.Equal(1, fired);

        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        wall.AdvanceBy(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_far_instant_is_reached_in_several_waits()
    {
        var (clock, wall) = Create(0.5);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(90), Timeout.InfiniteTimeSpan);

        wall.AdvanceBy(TimeSpan.FromDays(180) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, fired);

        wall.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task A_delay_on_the_real_machine_is_not_early_at_the_demo_speed()
    {
        var wall = TestTime.Wall;
        var clock = new ScaledTimeProvider(new(wall.GetUtcNow(), ServiceStart, 1440), wall);
        for (var seconds = 1; seconds <= 300; seconds += 23)
        {
            var until = clock.GetUtcNow().AddSeconds(seconds);

            await Task.Delay(until - clock.GetUtcNow(), clock);

            Assert.True(clock.GetUtcNow() >= until, $"{seconds} s: early by {until - clock.GetUtcNow()}");
        }
    }

    [Fact]
    public void What_remains_may_be_less_than_the_wall_clock_can_tell()
    {
        var (clock, wall) = Create(1_000_000);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
        wall.AdvanceBy(TimeSpan.Zero);
        Assert.Equal(0, fired);

        wall.AdvanceBy(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_no_speed_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(speed));

    private static (ScaledTimeProvider Clock, VirtualTimeProvider Wall) Create(double speed)
    {
        var wall = new VirtualTimeProvider(WallStart);
        return (new(new TimeScale(WallStart, ServiceStart, speed), wall), wall);
    }
}
