using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Profiles;

public sealed class AlphaVantageTests
{
    private readonly ProfileFixture _alphaVantage = new("AlphaVantage", "IBM");

    [Theory]
    [InlineData("2026-01-30", "221.52", ReplyOutcome.Available)]
    [InlineData("2026-01-30", "", ReplyOutcome.Partial)]
    [InlineData("2026-01-29", "221.52", ReplyOutcome.Stale)]
    public void Its_series_is_named_by_dates(string newest, string close, ReplyOutcome outcome) => Assert.Equal(outcome, _alphaVantage.Judge(200, $$"""
        {
          "Meta Data": { "1. Information": "Daily Prices (open, high, low, close) and Volumes", "2. Symbol": "IBM", "3. Last Refreshed": "{{newest}}", "5. Time Zone": "US/Eastern" },
          "Time Series (Daily)": {
            "{{newest}}": { "1. open": "220.0", "2. high": "222.78", "3. low": "219.4", "4. close": "{{close}}", "5. volume": "5817058" },
            "2026-01-28": { "1. open": "217.0", "2. high": "220.62", "3. low": "215.79", "4. close": "219.72", "5. volume": "3826077" }
          }
        }
        """));

    [Theory]
    [InlineData("""{"Note":"Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 500 calls per day."}""", ReplyOutcome.Throttled)]
    [InlineData("""{"Information":"We have detected your API key as XXXX and our standard API rate limit is 25 requests per day."}""", ReplyOutcome.Throttled)]
    [InlineData("""{"Something":"that nobody has seen before"}""", ReplyOutcome.Throttled)]
    [InlineData("{}", ReplyOutcome.Throttled)]
    [InlineData("""{"Information":"Thank you for using Alpha Vantage! This is a premium endpoint."}""", ReplyOutcome.Refused)]
    [InlineData("""{"Error Message":"the parameter apikey is invalid or missing. Please claim your free API key."}""", ReplyOutcome.Refused)]
    [InlineData("""{"Error Message":"Invalid API call. Please retry or visit the documentation for TIME_SERIES_DAILY."}""", ReplyOutcome.Never)]
    [InlineData("<html>oops", ReplyOutcome.Broken)]
    public void It_throttles_inside_a_200(string body, ReplyOutcome outcome) => Assert.Equal(outcome, _alphaVantage.Judge(200, body));

    [Fact]
    public void It_names_no_time_of_publication()
    {
        Assert.Null(_alphaVantage.Dataset.PublicationDelay);
        Assert.Equal("https://www.alphavantage.co/query?function=TIME_SERIES_DAILY&symbol=IBM&outputsize=compact&apikey=KEY", _alphaVantage.Get);
    }
}
