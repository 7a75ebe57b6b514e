using EodPredict.Replay;
using EodPredict.Scraping.Http;

namespace EodPredict.Tests.Scraping.Http;

public sealed class SharedDeadlinesTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly VirtualTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Each_ends_when_its_time_has_passed_and_a_moment_more_at_most()
    {
        using var deadlines = new SharedDeadlines(Longest, _time);
        var begun = new List<(DateTimeOffset At, CancellationToken Token)>();
        for (var i = 0; i < 1000; i++)
        {
            begun.Add((_time.GetUtcNow(), deadlines.Begin(CancellationToken.None)));
            _time.AdvanceBy(TimeSpan.FromMilliseconds(70));
            foreach (var (at, token) in begun)
            {
                var passed = _time.GetUtcNow() - at;
                Assert.True(token.IsCancellationRequested ? passed > Longest : passed < Longest + SharedDeadlines.Moment, $"{passed}");
            }
        }

        Assert.InRange(begun.Select(one => one.Token).Distinct().Count(), 200, 300);
    }

    [Fact]
    public void They_end_with_the_token_that_they_were_begun_for_and_with_no_other()
    {
        using var deadlines = new SharedDeadlines(Longest, _time);
        using var mine = new CancellationTokenSource();
        using var others = new CancellationTokenSource();
        var (one, another, third) = (deadlines.Begin(mine.Token), deadlines.Begin(others.Token), deadlines.Begin(mine.Token));

        mine.Cancel();

        Assert.Equal((true, false, true), (one.IsCancellationRequested, another.IsCancellationRequested, third.IsCancellationRequested));
        Assert.True(deadlines.Begin(mine.Token).IsCancellationRequested);
    }
}
