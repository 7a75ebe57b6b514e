using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class EodhdTests
{
    private readonly ProfileFixture _eodhd = new("EODHD", "AAPL.US");

    [Theory]
    [InlineData(200, """[{"date":"2026-01-30","open":187.15,"high":188.44,"low":183.885,"close":185.64,"adjusted_close":184.53,"volume":82488700}]""", ReplyOutcome.Available)]
    [InlineData(200, """[{"date":"2026-01-30","open":"NA","high":"NA","low":"NA","close":"NA","adjusted_close":"NA","volume":"NA"}]""", ReplyOutcome.Partial)]
    [InlineData(200, """[{"date":"2019-06-14","open":1,"high":1,"low":1,"close":1,"adjusted_close":1,"volume":0}]""", ReplyOutcome.Stale)]
    [InlineData(200, "[]", ReplyOutcome.NotYet)]
    [InlineData(404, "", ReplyOutcome.NotYet)]
    [InlineData(404, "Ticker Not Found.", ReplyOutcome.Never)]
    [InlineData(401, "Unauthenticated", ReplyOutcome.Refused)]
    [InlineData(403, "Forbidden. Please contact support@eodhistoricaldata.com", ReplyOutcome.Refused)]
    [InlineData(402, "You exceeded your daily API requests limit. Please contact support@eodhistoricaldata.com", ReplyOutcome.Throttled)]
    [InlineData(429, "Too Many Requests", ReplyOutcome.Throttled)]
    [InlineData(502, "<html>Bad gateway</html>", ReplyOutcome.Broken)]
    public void Its_replies_are_understood(int status, string body, ReplyOutcome outcome) => Assert.Equal(outcome, _eodhd.Judge(status, body));

    [Fact]
    public void It_names_no_time_of_publication_and_resets_its_budget_at_midnight_utc()
    {
        Assert.Null(_eodhd.Dataset.PublicationDelay);
        Assert.Equal(("p", 100_000, "Etc/UTC"), (_eodhd.Dataset.Budgets[0].Scope, _eodhd.Dataset.Budgets[0].Gets, _eodhd.Dataset.Budgets[0].Zone.Id));
    }
}
