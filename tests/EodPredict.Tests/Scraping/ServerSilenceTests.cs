using EodPredict.Scraping;
using EodPredict.Scraping.Http;

namespace EodPredict.Tests.Scraping;

public sealed class ServerSilenceTests
{
    private static readonly ReplyVerdict Nothing = ReplyTriage.Fault("No connection.");
    private static readonly ReplyVerdict Answer = ReplyTriage.Judge(200, default);
    private static readonly ReplyVerdict Refusal = ReplyTriage.Judge(429, default);

    [Fact]
    public void A_server_that_never_answered_is_given_up_soon_and_one_that_did_later()
    {
        var never = new ServerSilence();
        never.Add(Nothing, Seconds(1));
        Assert.Null(never.GaveUp(Seconds(29)));
        Assert.Contains("No connection.", never.GaveUp(Seconds(31)), StringComparison.Ordinal);

        var away = new ServerSilence();
        away.Add(Answer, Seconds(1));
        away.Add(Nothing, Seconds(100));
        away.Add(Nothing, Seconds(400));
        Assert.Null(away.GaveUp(Seconds(699)));
        Assert.NotNull(away.GaveUp(Seconds(701)));
        away.Add(Answer, Seconds(702));
        Assert.Null(away.GaveUp(Seconds(10_000)));
    }

    [Fact]
    public void Eight_faults_in_a_row_are_an_outage_until_something_answers()
    {
        var silence = new ServerSilence();
        for (var fault = 1; fault <= 8; fault++)
        {
            Assert.False(silence.IsOutage);
            silence.Add(Nothing, Seconds(fault));
        }

        Assert.True(silence.IsOutage);
        silence.Add(Refusal, Seconds(9));
        Assert.False(silence.IsOutage);
    }

    [Fact]
    public void Refusals_alone_are_told_after_a_while_and_never_given_up()
    {
        var silence = new ServerSilence();
        silence.Add(Answer, Seconds(1));
        silence.Add(Refusal, Seconds(2));
        silence.Add(Refusal, Seconds(4));
        Assert.Null(silence.Trouble(Seconds(4.5)));
        Assert.StartsWith("everything refused for 4 s", silence.Trouble(Seconds(6)), StringComparison.Ordinal);
        Assert.Null(silence.GaveUp(Seconds(100_000)));
        silence.Add(Answer, Seconds(7));
        Assert.Null(silence.Trouble(Seconds(20)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
