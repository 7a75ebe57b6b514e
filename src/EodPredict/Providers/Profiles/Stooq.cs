using EodPredict.Providers.Configuration;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// Stooq's daily CSV, with tickers such as aapl.us. It names no time of publication. "No data" stands for a day that is not there, and
/// "Exceeded the daily hits limit" in place of the CSV for a throttle. The limit is not published; the budget here is a careful guess.
/// </summary>
internal static class Stooq
{
    public static VendorProfile Profile { get; } = new(
        "Stooq",
        provider =>
        {
            provider.BaseAddress = "https://stooq.com";
            provider.DailyGetBudget = 200;
            provider.BudgetTimeZone = "Europe/Warsaw";
            provider.MaxInFlight = 1;
        },
        dataset =>
        {
            dataset.Url = "/q/d/l/?s={ticker}&d1={date:yyyyMMdd}&d2={date:yyyyMMdd}&i=d";
            dataset.Rules = new ReplyRuleOptions
            {
                Format = BodyFormat.Csv,
                Date = "Date",
                Required = ["Open", "High", "Low", "Close"],
                ThrottledPatterns = ["exceeded the daily hits limit"],
                RefusedPatterns = ["get your apikey"],
                NotYetPatterns = [@"^\s*no data\s*$"],
            };
        });
}
