using EodPredict.Providers.Configuration;
using EodPredict.Providers.Replies;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// Tiingo's daily prices. Most US equities are published at 17:30 in New York, 90 minutes after the close, and corrected until 20:00; net
/// asset values of funds come after midnight. Its page is the ticker's metadata, which tells how far the prices go; it counts as a
/// request as the GET does. The limits here are those of the free tier: 1000 requests a day.
/// </summary>
internal static class Tiingo
{
    public static VendorProfile Profile { get; } = new(
        "Tiingo",
        provider =>
        {
            provider.BaseAddress = "https://api.tiingo.com";
            provider.Headers["Authorization"] = "Token {key}";
            provider.DailyGetBudget = 1000;
            provider.BudgetTimeZone = "America/New_York";
            provider.MaxInFlight = 2;
        },
        dataset =>
        {
            dataset.Url = "/tiingo/daily/{ticker}/prices?startDate={date}&endDate={date}";
            dataset.Rules = Rules();
            dataset.Rules.Date = "/date";
            dataset.Rules.Required = ["/open", "/high", "/low", "/close", "/volume"];
            dataset.PageUrl = "/tiingo/daily/{ticker}";
            dataset.PageRules = Rules();
            dataset.PageRules.Date = "/endDate";
            dataset.PageRules.DateMatch = DateMatch.OnOrAfter;
            dataset.SignalCost = 1;
            dataset.PublicationDelay = TimeSpan.FromMinutes(90);
        });

    private static ReplyRuleOptions Rules() => new()
    {
        Format = BodyFormat.Json,
        ThrottledPatterns = ["run over your .{0,40}(request|bandwidth|symbol).{0,20} allocation", "too many requests"],
        RefusedPatterns = ["invalid token", "please supply a token"],
        NeverPatterns = ["ticker '[^']{0,40}' not found"],
    };
}
