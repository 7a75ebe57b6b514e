using EodPredict.Providers.Configuration;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// Alpha Vantage's daily series. It names no time of publication; at 17:00 in New York some tickers have the day and others do not. It
/// throttles with status 200 and a text whose wording keeps changing, so a reply without the series is one. The limit here is that of the
/// free tier: 25 requests a day.
/// </summary>
internal static class AlphaVantage
{
    public static VendorProfile Profile { get; } = new(
        "AlphaVantage",
        provider =>
        {
            provider.BaseAddress = "https://www.alphavantage.co";
            provider.DailyGetBudget = 25;
            provider.BudgetTimeZone = "America/New_York";
            provider.MaxInFlight = 1;
        },
        dataset =>
        {
            dataset.Url = "/query?function=TIME_SERIES_DAILY&symbol={ticker}&outputsize=compact&apikey={key}";
            dataset.Rules = new ReplyRuleOptions
            {
                Format = BodyFormat.Json,
                Rows = "/Time Series (Daily)",
                DatesAreNames = true,
                Required = ["/1. open", "/2. high", "/3. low", "/4. close", "/5. volume"],
                AbsentRows = ReplyOutcome.Throttled,
                ThrottledPatterns = ["call frequency", "rate limit", "requests per (day|minute|second)"],
                RefusedPatterns = ["apikey is invalid or missing", "premium endpoint"],
                NeverPatterns = ["invalid api call"],
            };
        });
}
