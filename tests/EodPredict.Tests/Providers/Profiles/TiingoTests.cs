using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class TiingoTests
{
    private readonly ProfileFixture _tiingo = new("Tiingo", "AAPL");

    [Theory]
    [InlineData(200, """[{"date":"2026-01-30T00:00:00.000Z","close":185.64,"high":188.44,"low":183.885,"open":187.15,"volume":82488674,"adjClose":185.4,"divCash":0.0,"splitFactor":1.0}]""", ReplyOutcome.Available)]
    [InlineData(200, """[{"date":"2026-01-29T00:00:00.000Z","close":185.64,"high":188.44,"low":183.885,"open":187.15,"volume":82488674}]""", ReplyOutcome.Stale)]
    [InlineData(200, """[{"date":"2026-01-30T00:00:00.000Z","close":185.64,"high":null,"low":183.885,"open":187.15,"volume":82488674}]""", ReplyOutcome.Partial)]
    [InlineData(200, "[]", ReplyOutcome.NotYet)]
    [InlineData(404, """{"detail":"Error: Ticker 'AAPLX' not found"}""", ReplyOutcome.Never)]
    [InlineData(401, """{"detail":"Please supply a token"}""", ReplyOutcome.Refused)]
    [InlineData(403, """{"detail":"Invalid token."}""", ReplyOutcome.Refused)]
    [InlineData(200, """{"detail":"Error: You have run over your hourly request allocation. Please upgrade at https://api.tiingo.com/pricing"}""", ReplyOutcome.Throttled)]
    [InlineData(429, """{"detail":"Error: You have run over your daily request allocation."}""", ReplyOutcome.Throttled)]
    public void Its_replies_are_understood(int status, string body, ReplyOutcome outcome) => Assert.Equal(outcome, _tiingo.Judge(status, body));

    [Theory]
    [InlineData("2026-01-30", ReplyOutcome.Available)]
    [InlineData("2026-01-29", ReplyOutcome.Stale)]
    public void Its_metadata_tells_how_far_the_prices_go(string endDate, ReplyOutcome outcome) => Assert.Equal(
        outcome, _tiingo.JudgePage(200, $$"""{"ticker":"AAPL","name":"Apple Inc","exchangeCode":"NASDAQ","startDate":"1980-12-12","endDate":"{{endDate}}"}"""));

    [Fact]
    public void It_publishes_ninety_minutes_after_the_close_and_takes_its_key_in_a_header()
    {
        Assert.Equal(TimeSpan.FromMinutes(90), _tiingo.Dataset.PublicationDelay);
        Assert.Equal("https://api.tiingo.com/tiingo/daily/AAPL/prices?startDate=2026-01-30&endDate=2026-01-30", _tiingo.Get);
        Assert.Equal("https://api.tiingo.com/tiingo/daily/AAPL", _tiingo.Page);
        Assert.Equal("Token {key}", _tiingo.Headers["Authorization"]);
        Assert.False(_tiingo.Dataset.PageIsShared);
    }
}
