using EodPredict.Providers.Configuration;

namespace EodPredict.Providers.Profiles;

/// <summary>
/// Massive (once Polygon): the open and close of one day. "Not yet" is a 404 with NOT_FOUND, for unknown tickers as well. The only time it
/// documents is that of its flat files, 11:00 in New York on the next day, 19 hours after the close. The limit here is that of the free
/// tier, which bears few calls at a time.
/// </summary>
internal static class Massive
{
    public static VendorProfile Profile { get; } = new(
        "Massive",
        provider =>
        {
            provider.BaseAddress = "https://api.massive.com";
            provider.Headers["Authorization"] = "Bearer {key}";
            provider.BudgetTimeZone = "America/New_York";
            provider.MaxInFlight = 1;
        },
        dataset =>
        {
            dataset.Url = "/v1/open-close/{ticker}/{date}?adjusted=true";
            dataset.Rules = new ReplyRuleOptions
            {
                Format = BodyFormat.Json,
                Date = "/from",
                Required = ["/open", "/high", "/low", "/close", "/volume"],
                ThrottledPatterns = ["exceeded the maximum requests per minute"],
                RefusedPatterns = ["unknown api key", "api key was not provided", "not entitled"],
                NotYetPatterns = ["\"NOT_FOUND\"", "request today's data before end of day"],
                BrokenPatterns = ["\"status\" ?: ?\"ERROR\""],
            };
            dataset.PublicationDelay = TimeSpan.FromHours(19);
        });
}
