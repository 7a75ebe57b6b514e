using System.Globalization;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;

namespace EodPredict.Service.Hosting;

/// <summary>What the service says when it is up.</summary>
internal static partial class Announcement
{
    public static void Write(WebApplication service)
    {
        Up(service.Logger, Engines.Version, service.Services.GetRequiredService<IJobEngine>().Name, Engines.TreeLearner);
        foreach (var url in service.Urls)
        {
            Listening(service.Logger, url);
        }

        foreach (var dataset in service.Services.GetRequiredService<DatasetCatalog>().All)
        {
            if (NextClose(service.Services, dataset) is { } close)
            {
                Opens(service.Logger, dataset.Name, close.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            }
        }
    }

    // Null where a calendar has no data that far; that is told where it matters.
    private static DateTimeOffset? NextClose(IServiceProvider services, Dataset dataset)
    {
        var (calendars, now) = (services.GetRequiredService<MarketCalendars>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        try
        {
            return dataset.Tickers.Select(ticker => ticker.Calendar).Distinct()
                .Min(name => (DateTimeOffset?)calendars.Get(name).NextClosingAfter(now).Close);
        }
        catch (Exception e) when (ExpectedFaults.Describe(e) is not null)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "EodPredict {Version} is up; job engine {JobEngine}, tree learner {TreeLearner}.")]
    private static partial void Up(ILogger log, string version, string jobEngine, string treeLearner);

    [LoggerMessage(LogLevel.Information, "Listening on {Url}")]
    private static partial void Listening(ILogger log, string url);

    [LoggerMessage(LogLevel.Information, "{Dataset}: the next session opens when its market closes, at {At} UTC.")]
    private static partial void Opens(ILogger log, string dataset, string at);
}
