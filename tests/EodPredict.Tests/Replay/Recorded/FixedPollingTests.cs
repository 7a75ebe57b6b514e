using EodPredict.Forecasting;
using EodPredict.Replay.Recorded;
using FsCheck;
using FsCheck.Xunit;

namespace EodPredict.Tests.Replay.Recorded;

public sealed class FixedPollingTests
{
    private static readonly DateTimeOffset Close = new(2024, 3, 28, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TwoDays = TimeSpan.FromHours(48);

    [Theory]
    [InlineData(0, 0, 15)]
    [InlineData(1, 0, 15)]
    [InlineData(15, 0, 15)]
    [InlineData(15.01, 15, 30)]
    [InlineData(95, 90, 105)]
    [InlineData(2880, 2865, 2880)]
    public void An_arrival_is_seen_between_two_polls(double delayMinutes, double after, double by)
    {
        var seen = Seen(TimeSpan.FromMinutes(delayMinutes), Quarter, TwoDays);

        Assert.Equal(new(TimeSpan.FromMinutes(after), TimeSpan.FromMinutes(by)), seen);
    }

    [Fact]
    public void What_is_not_there_by_the_last_poll_stays_open()
    {
        var open = new ArrivalInterval(TimeSpan.FromMinutes(2880), null);

        Assert.Equal(open, Seen(TimeSpan.FromMinutes(2880.1), Quarter, TwoDays));
        Assert.Equal(open, Seen(null, Quarter, TwoDays));
        Assert.Equal(new(TimeSpan.FromMinutes(45), null), Seen(null, Quarter, TimeSpan.FromMinutes(59)));
    }

    [Property]
    public void The_interval_holds_the_arrival_and_is_one_poll_wide(PositiveInt delaySeconds, PositiveInt intervalSeconds)
    {
        var delay = TimeSpan.FromSeconds(delaySeconds.Get);
        var interval = TimeSpan.FromSeconds(intervalSeconds.Get);

        var seen = Seen(delay, interval, TimeSpan.FromDays(10_000));

        Assert.True(seen.After < delay && delay <= seen.By);
        Assert.Equal(interval, seen.By - seen.After);
    }

    private static ArrivalInterval Seen(TimeSpan? delay, TimeSpan interval, TimeSpan horizon)
    {
        var session = new RecordedSession("A", new(2024, 3, 28), Close, Close + delay);
        var seen = Assert.Single(FixedPolling.Intervals([session], interval, horizon));
        Assert.Equal(("A", session.SessionDate, Close), (seen.Ticker, seen.SessionDate, seen.Close));
        return seen.Interval;
    }
}
