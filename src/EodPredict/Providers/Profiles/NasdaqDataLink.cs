using EodPredict.Providers.Configuration;
using EodPredict.Providers.Replies;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// Nasdaq Data Link's time series, with tickers such as EOD/AAPL. Each feed publishes at its own time, so none is assumed. Its page is the
/// metadata, which tells the newest date; it counts as a call as the GET does. Limits: 50 000 calls a day, one at a time on the free tier.
/// </summary>
internal static class NasdaqDataLink
{
    public static VendorProfile Profile { get; } = new(
        "NasdaqDataLink",
        provider =>
        {
            provider.BaseAddress = "https://data.nasdaq.com";
            provider.Headers["X-Api-Token"] = "{key}";
            provider.DailyGetBudget = 50_000;
            provider.BudgetTimeZone = "Etc/UTC";
            provider.MaxInFlight = 1;
        },
        dataset =>
        {
            dataset.Url = "/api/v3/datasets/{ticker:path}/data.json?start_date={date}&end_date={date}";
            dataset.Rules = Rules();
            dataset.Rules.Rows = "/dataset_data/data";
            dataset.Rules.Date = "/0";
            dataset.Rules.Required = ["/1"];
            dataset.PageUrl = "/api/v3/datasets/{ticker:path}/metadata.json";
            dataset.PageRules = Rules();
            dataset.PageRules.Rows = "/dataset";
            dataset.PageRules.Date = "/newest_available_date";
            dataset.PageRules.DateMatch = DateMatch.OnOrAfter;
            dataset.SignalCost = 1;
        });

    // The codes of its errors begin with QE, then a letter for the kind: limits, authentication, permission, content.
    private static ReplyRuleOptions Rules() => new()
    {
        Format = BodyFormat.Json,
        ThrottledPatterns = ["\"QEL[a-z]\\d+\""],
        RefusedPatterns = ["\"QE[AP][a-z]\\d+\""],
        NeverPatterns = ["\"QECx02\""],
    };
}
