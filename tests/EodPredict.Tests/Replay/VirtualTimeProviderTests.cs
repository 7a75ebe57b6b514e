using EodPredict.Replay;
using FsCheck.Xunit;

namespace EodPredict.Tests.Replay;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2024, 2, 28, 22, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _clock = new(Start);

    [Property]
    public void Timers_fire_in_order_at_their_exact_instants(ushort[] dues, ushort advance)
    {
        var clock = new VirtualTimeProvider(Start);
        var fired = new List<(int Index, DateTimeOffset At)>();
        for (var index = 0; index < dues.Length; index++)
        {
            var mine = index;
            clock.CreateTimer(_ => fired.Add((mine, clock.GetUtcNow())), null, TimeSpan.FromTicks(dues[index]), Timeout.InfiniteTimeSpan);
        }

        clock.AdvanceBy(TimeSpan.FromTicks(advance));

        var expected = dues.Select((due, index) => (index, due)).Where(timer => timer.due <= advance).OrderBy(timer => timer.due)
            .Select(timer => (timer.index, Start.AddTicks(timer.due)));
        Assert.Equal(expected, fired);
        Assert.Equal(Start.AddTicks(advance), clock.GetUtcNow());
        Assert.Equal(advance, clock.GetElapsedTime(0).Ticks);
    }

    [Fact]
    public void A_timer_set_by_a_callback_fires_in_the_same_advance()
    {
        var fired = new List<TimeSpan>();
        _clock.CreateTimer(
            _ => _clock.CreateTimer(_ => fired.Add(_clock.GetUtcNow() - Start), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan),
            null,
            TimeSpan.FromMinutes(1),
            Timeout.InfiniteTimeSpan);

        _clock.AdvanceTo(Start.AddMinutes(3));

        Assert.Equal([TimeSpan.FromMinutes(3)], fired);
    }

    [Fact]
    public void A_periodic_timer_fires_at_every_period_until_disposed()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Equal(Start.AddHours(1), _clock.NextTimer);

        _clock.AdvanceBy(TimeSpan.FromHours(7));
        Assert.Equal(4, fired);

        timer.Dispose();
        Assert.Null(_clock.NextTimer);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        _clock.AdvanceBy(TimeSpan.FromHours(7));
        Assert.Equal(4, fired);
    }

    [Fact]
    public async Task A_delay_ends_at_its_instant()
    {
        var delay = Task.Delay(TimeSpan.FromDays(3), _clock);
        _clock.AdvanceTo(Start.AddDays(3).AddTicks(-1));
        Assert.False(delay.IsCompleted);

        _clock.AdvanceBy(TimeSpan.FromTicks(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestTime.Wall);
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.AdvanceTo(Start.AddTicks(-1)));

    [Fact]
    public async Task Timers_may_be_set_and_disposed_from_many_threads_while_time_advances()
    {
        var fired = 0;
        var setting = Enumerable.Range(1, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 1; number <= 500; number++)
            {
                var due = TimeSpan.FromSeconds(number * thread);
                var kept = _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, due, TimeSpan.Zero);
                var dropped = _clock.CreateTimer(_ => Interlocked.Add(ref fired, 1_000_000), null, TimeSpan.FromDays(9), TimeSpan.Zero);
                dropped.Dispose();
                Assert.True(kept.Change(TimeSpan.FromSeconds(number), TimeSpan.Zero));
            }
        })).ToArray();
        for (var step = 0; step < 100; step++)
        {
            _clock.AdvanceBy(TimeSpan.FromTicks(1));
        }

        await Task.WhenAll(setting);
        _clock.AdvanceBy(TimeSpan.FromDays(20));

        Assert.Equal(2000, fired);
    }
}
