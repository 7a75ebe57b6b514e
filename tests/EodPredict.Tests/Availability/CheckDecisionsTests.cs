using EodPredict.Availability;
using EodPredict.Providers;
using FsCheck.Xunit;

namespace EodPredict.Tests.Availability;

public sealed class CheckDecisionsTests
{
    private static readonly DateTimeOffset Close = new(2026, 11, 20, 21, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(48);

    [Fact]
    public void An_arrival_lies_between_the_last_not_yet_and_the_reply_that_found_it()
    {
        var session = Session() with { LastNotYetAt = Close.AddMinutes(60) };
        var found = Assert.IsType<CheckDecision.Found>(After(session, ReplyOutcome.Available, minutes: 75));
        Assert.Equal(TimeSpan.FromMinutes(60), found.Interval.After);
        Assert.Equal(TimeSpan.FromMinutes(75), found.Interval.By);
    }

    [Theory]
    [InlineData(true, 70)]
    [InlineData(false, 60)]
    public void A_signal_that_said_no_bounds_the_arrival_only_where_it_is_trusted(bool trusted, double after)
    {
        var session = Session() with { LastNotYetAt = Close.AddMinutes(60), LastNoAt = Close.AddMinutes(70) };
        var decision = CheckDecisions.After(session, Reply(ReplyOutcome.Available, 75, CheckMethod.Get), Horizon, trusted);
        Assert.Equal(TimeSpan.FromMinutes(after), Assert.IsType<CheckDecision.Found>(decision).Interval.After);
    }

    [Theory]
    [InlineData(ReplyOutcome.NotYet)]
    [InlineData(ReplyOutcome.Partial)]
    [InlineData(ReplyOutcome.Stale)]
    public void What_was_not_there_moves_the_law(ReplyOutcome outcome)
    {
        var decision = Assert.IsType<CheckDecision.Replan>(After(Session(), outcome, minutes: 30));
        Assert.Equal(Close.AddMinutes(30), decision.Known.LastNotYetAt);
    }

    [Theory]
    [InlineData(ReplyOutcome.Throttled)]
    [InlineData(ReplyOutcome.Refused)]
    public void Patience_and_refusals_hold_the_provider_and_say_nothing_of_the_data(ReplyOutcome outcome) =>
        Assert.IsType<CheckDecision.Hold>(After(Session(), outcome, minutes: 30));

    [Fact]
    public void Broken_replies_are_tried_again_ever_later()
    {
        var waits = new List<double>();
        var session = Session();
        for (var i = 0; i < 7; i++)
        {
            var retry = Assert.IsType<CheckDecision.Retry>(After(session, ReplyOutcome.Broken, minutes: 30));
            waits.Add((retry.At - Close.AddMinutes(30)).TotalMinutes);
            session = retry.Known;
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
        Assert.Null(session.LastNotYetAt);
    }

    [Fact]
    public void A_session_is_given_up_by_a_GET_at_the_horizon_and_by_nothing_else()
    {
        var end = Horizon.TotalMinutes;
        Assert.Equal("missed", Assert.IsType<CheckDecision.GiveUp>(After(Session(), ReplyOutcome.NotYet, end)).State);
        Assert.IsType<CheckDecision.Replan>(CheckDecisions.After(Session(), Reply(ReplyOutcome.NotYet, end, CheckMethod.Head), Horizon, trustNo: true));
        Assert.IsType<CheckDecision.Retry>(After(Session(), ReplyOutcome.Broken, end));
        Assert.IsType<CheckDecision.GiveUp>(After(Session(), ReplyOutcome.Broken, end + (24 * 60)));
    }

    [Property]
    public void An_arrival_is_never_dated_before_the_close_nor_empty(int notYetMinutes, int foundMinutes)
    {
        var session = Session() with { LastNotYetAt = Close.AddMinutes(notYetMinutes) };
        var found = (CheckDecision.Found)After(session, ReplyOutcome.Available, Math.Abs((long)foundMinutes));
        Assert.True(found.Interval.After >= TimeSpan.Zero);
        Assert.True(found.Interval.By > found.Interval.After);
    }

    private static CheckDecision After(OpenSession session, ReplyOutcome outcome, double minutes) =>
        CheckDecisions.After(session, Reply(outcome, minutes, CheckMethod.Get), Horizon, trustNo: false);

    private static Observation Reply(ReplyOutcome outcome, double minutes, CheckMethod method) => new()
    {
        Dataset = "d", Ticker = "T", SessionDate = new DateOnly(2026, 11, 20), Method = method, Outcome = outcome, Reason = "",
        SentAt = Close.AddMinutes(minutes), FinishedAt = Close.AddMinutes(minutes),
    };

    private static OpenSession Session() => new()
    {
        Id = 1, Dataset = "d", Ticker = "T", SessionDate = new DateOnly(2026, 11, 20), Close = Close, Method = CheckMethod.Get,
    };
}
