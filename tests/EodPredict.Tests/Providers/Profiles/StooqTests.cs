using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class StooqTests
{
    private readonly ProfileFixture _stooq = new("Stooq", "aapl.us");

    [Theory]
    [InlineData("Date,Open,High,Low,Close,Volume\r\n2026-01-30,187.15,188.44,183.89,185.64,82488700\r\n", ReplyOutcome.Available)]
    [InlineData("Date,Open,High,Low,Close\r\n2026-01-30,187.15,188.44,183.89,185.64\r\n", ReplyOutcome.Available)]
    [InlineData("Date,Open,High,Low,Close,Volume\r\n2026-01-29,187.15,188.44,183.89,185.64,82488700\r\n", ReplyOutcome.Stale)]
    [InlineData("Date,Open,High,Low,Close,Volume\r\n2026-01-30,187.15,188", ReplyOutcome.Partial)]
    [InlineData("No data", ReplyOutcome.NotYet)]
    [InlineData("Exceeded the daily hits limit", ReplyOutcome.Throttled)]
    [InlineData("Get your apikey: open the page, enter the captcha code", ReplyOutcome.Refused)]
    [InlineData("<html><body>Sorry</body></html>", ReplyOutcome.Broken)]
    public void Its_replies_are_understood(string body, ReplyOutcome outcome) => Assert.Equal(outcome, _stooq.Judge(200, body));

    [Fact]
    public void It_writes_dates_without_dashes_and_needs_no_key()
    {
        Assert.Equal("https://stooq.com/q/d/l/?s=aapl.us&d1=20260130&d2=20260130&i=d", _stooq.Get);
        Assert.Null(_stooq.Dataset.PublicationDelay);
    }
}
