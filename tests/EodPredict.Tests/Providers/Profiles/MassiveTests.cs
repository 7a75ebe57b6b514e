using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class MassiveTests
{
    private readonly ProfileFixture _massive = new("Massive", "AAPL");

    [Theory]
    [InlineData(200, """{"status":"OK","from":"2026-01-30","symbol":"AAPL","open":324.66,"high":326.2,"low":322.3,"close":325.12,"volume":26122646,"afterHours":322.1,"preMarket":324.5}""", ReplyOutcome.Available)]
    [InlineData(200, """{"status":"OK","from":"2026-01-30","symbol":"AAPL","open":324.66,"high":326.2,"low":322.3,"close":325.12}""", ReplyOutcome.Partial)]
    [InlineData(404, """{"status":"NOT_FOUND","request_id":"4d2f","message":"Data not found."}""", ReplyOutcome.NotYet)]
    [InlineData(403, """{"status":"NOT_AUTHORIZED","request_id":"4d2f","message":"Attempted to request today's data before end of day. Please try again later."}""", ReplyOutcome.NotYet)]
    [InlineData(403, """{"status":"NOT_AUTHORIZED","request_id":"4d2f","message":"You are not entitled to this data."}""", ReplyOutcome.Refused)]
    [InlineData(401, """{"status":"ERROR","request_id":"4d2f","error":"Unknown API Key"}""", ReplyOutcome.Refused)]
    [InlineData(429, """{"status":"ERROR","request_id":"4d2f","error":"You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue."}""", ReplyOutcome.Throttled)]
    [InlineData(500, """{"status":"ERROR","request_id":"4d2f","error":"internal"}""", ReplyOutcome.Broken)]
    public void Its_replies_are_understood(int status, string body, ReplyOutcome outcome) => Assert.Equal(outcome, _massive.Judge(status, body));

    [Fact]
    public void It_publishes_on_the_next_morning_in_new_york()
    {
        Assert.Equal(TimeSpan.FromHours(19), _massive.Dataset.PublicationDelay);
        Assert.Equal("https://api.massive.com/v1/open-close/AAPL/2026-01-30?adjusted=true", _massive.Get);
    }
}
