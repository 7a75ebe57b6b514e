using EodPredict.Providers.Configuration;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// EODHD's end-of-day endpoint, with tickers such as AAPL.US. It names no time of publication. "Not yet" is an empty list, a bare 404 or
/// fields of "NA"; wrong parameters are ignored and dead symbols answer with old rows, so only a row of the session date counts.
/// 100 000 calls a day, counted from midnight UTC.
/// </summary>
internal static class Eodhd
{
    public static VendorProfile Profile { get; } = new(
        "EODHD",
        provider =>
        {
            provider.BaseAddress = "https://eodhd.com";
            provider.DailyGetBudget = 100_000;
            provider.BudgetTimeZone = "Etc/UTC";
        },
        dataset =>
        {
            dataset.Url = "/api/eod/{ticker}?from={date}&to={date}&period=d&fmt=json&api_token={key}";
            dataset.Rules = new ReplyRuleOptions
            {
                Format = BodyFormat.Json,
                Date = "/date",
                Required = ["/open", "/high", "/low", "/close", "/volume"],
                ThrottledStatuses = [429, 402],
                ThrottledPatterns = ["exceeded your (daily )?(api )?(requests?|calls?) limit", "too many requests"],
                RefusedPatterns = ["unauthenticated", "invalid api token"],
                NeverPatterns = [@"^\W*(ticker|symbol) not found"],
            };
        });
}
