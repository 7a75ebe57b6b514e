using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Limit;

public sealed class ThrottleMinutesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Attempts_are_counted_by_the_minute_in_which_they_end()
    {
        var minutes = new ThrottleMinutes();
        Assert.Null(minutes.Add(Start.AddSeconds(1), Attempt(100, AttemptOutcome.Accepted), 5));
        Assert.Null(minutes.Add(Start.AddSeconds(30), Attempt(300, AttemptOutcome.Accepted, inFlight: 6), 5));
        Assert.Null(minutes.Add(Start.AddSeconds(59), Attempt(200, AttemptOutcome.Accepted), 5));
        Assert.Null(minutes.Add(Start.AddSeconds(59), Attempt(1, AttemptOutcome.Failed), 5));
        var first = minutes.Add(Start.AddSeconds(61), Attempt(1, AttemptOutcome.Refused), 7);
        Assert.Equal(new ThrottleMinute(Start, 4, 3, 0, 1, 7, TimeSpan.FromMilliseconds(200), 7), first);
        Assert.False(first!.Value.IsTouched);

        var second = minutes.Take(8);
        Assert.Equal(new ThrottleMinute(Start.AddMinutes(1), 1, 0, 1, 0, 1, null, 8), second);
        Assert.True(second!.Value.IsTouched);
        Assert.Null(minutes.Take(8));
    }

    private static Attempt Attempt(int milliseconds, AttemptOutcome outcome, int inFlight = 0) =>
        new(TimeSpan.Zero, TimeSpan.FromMilliseconds(milliseconds), inFlight, outcome);
}
