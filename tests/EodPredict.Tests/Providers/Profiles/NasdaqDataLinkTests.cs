using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class NasdaqDataLinkTests
{
    private readonly ProfileFixture _nasdaq = new("NasdaqDataLink", "EOD/AAPL");

    [Theory]
    [InlineData(200, """{"dataset_data":{"limit":null,"column_names":["Date","Open","High","Low","Close","Volume"],"data":[["2026-01-30",187.15,188.44,183.885,185.64,82488700.0]]}}""", ReplyOutcome.Available)]
    [InlineData(200, """{"dataset_data":{"column_names":["Date","Open"],"data":[["2026-01-30",null]]}}""", ReplyOutcome.Partial)]
    [InlineData(200, """{"dataset_data":{"column_names":["Date","Open"],"data":[["2026-01-29",1.0]]}}""", ReplyOutcome.Stale)]
    [InlineData(200, """{"dataset_data":{"column_names":["Date","Open"],"data":[]}}""", ReplyOutcome.NotYet)]
    [InlineData(429, """{"quandl_error":{"code":"QELx01","message":"You have exceeded the API speed limit of 300 calls in 10 seconds."}}""", ReplyOutcome.Throttled)]
    [InlineData(400, """{"quandl_error":{"code":"QELx04","message":"You have exceeded the anonymous user limit."}}""", ReplyOutcome.Throttled)]
    [InlineData(400, """{"quandl_error":{"code":"QEAx01","message":"We could not recognize your API key."}}""", ReplyOutcome.Refused)]
    [InlineData(403, """{"quandl_error":{"code":"QEPx04","message":"You do not have permission to view this dataset."}}""", ReplyOutcome.Refused)]
    [InlineData(404, """{"quandl_error":{"code":"QECx02","message":"You have submitted an incorrect Quandl code."}}""", ReplyOutcome.Never)]
    public void Its_replies_are_understood(int status, string body, ReplyOutcome outcome) => Assert.Equal(outcome, _nasdaq.Judge(status, body));

    [Theory]
    [InlineData("2026-01-30", ReplyOutcome.Available)]
    [InlineData("2026-01-29", ReplyOutcome.Stale)]
    public void Its_metadata_tells_the_newest_date(string newest, ReplyOutcome outcome) => Assert.Equal(
        outcome, _nasdaq.JudgePage(200, $$$"""{"dataset":{"id":1,"refreshed_at":"2026-01-30T22:45:00.000Z","newest_available_date":"{{{newest}}}"}}"""));

    [Fact]
    public void Its_tickers_keep_their_slash()
    {
        Assert.Equal("https://data.nasdaq.com/api/v3/datasets/EOD/AAPL/data.json?start_date=2026-01-30&end_date=2026-01-30", _nasdaq.Get);
        Assert.Equal("https://data.nasdaq.com/api/v3/datasets/EOD/AAPL/metadata.json", _nasdaq.Page);
        Assert.Null(_nasdaq.Dataset.PublicationDelay);
    }
}
