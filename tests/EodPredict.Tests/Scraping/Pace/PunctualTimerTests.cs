using System.Collections.Concurrent;
using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class PunctualTimerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(23.4)]
    public async Task It_calls_back_once_and_never_too_early(double milliseconds)
    {
        var wait = TimeSpan.FromMilliseconds(milliseconds);
        var called = new BlockingCollection<long>();
        using var timer = new PunctualTimer(TestTime.Wall, () => called.Add(TestTime.Wall.GetTimestamp()));
        var began = TestTime.Wall.GetTimestamp();
        timer.Set(wait);
        var at = await Task.Run(() => called.TryTake(out var one, Patience) ? one : throw new TimeoutException());

        Assert.True(TestTime.Wall.GetElapsedTime(began, at) >= wait);
        Assert.False(called.TryTake(out _, TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task What_is_set_last_counts_though_it_is_sooner_or_later_than_before()
    {
        var called = new BlockingCollection<long>();
        using var timer = new PunctualTimer(TestTime.Wall, () => called.Add(TestTime.Wall.GetTimestamp()));
        timer.Set(TimeSpan.FromHours(1));
        timer.Set(TimeSpan.FromMilliseconds(10));
        Assert.True(await Task.Run(() => called.TryTake(out _, Patience)));

        timer.Set(TimeSpan.FromMilliseconds(10));
        timer.Set(TimeSpan.FromHours(1));
        Assert.False(called.TryTake(out _, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task The_callback_may_set_the_next_instant()
    {
        var called = 0;
        var done = new TaskCompletionSource();
        PunctualTimer? timer = null;
        timer = new PunctualTimer(TestTime.Wall, () =>
        {
            if (++called < 20) timer!.Set(TimeSpan.FromMilliseconds(called % 7)); else done.SetResult();
        });
        timer.Set(TimeSpan.Zero);
        await done.Task.WaitAsync(Patience, TestTime.Wall);
        timer.Dispose();

        Assert.Equal(20, called);
    }
}
