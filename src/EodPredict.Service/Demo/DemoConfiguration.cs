using System.Globalization;
using EodPredict.Jobs;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.Demo;

/// <summary>The configuration that a user would write to point the service at the replay provider, and its clock.</summary>
internal static class DemoConfiguration
{
    public const string Dataset = "recorded";

    /// <summary>The environment variable that holds the replay provider's key, as a real one's would.</summary>
    public const string KeyVariable = "EOD_DEMO_KEY";

    private const string Provider = "Eod:Providers:replay";
    private const string Root = $"{Provider}:Datasets:{Dataset}";

    public static IConfigurationRoot Create(DemoOptions options, DemoPlan plan, Uri provider, TimeScale scale)
    {
        var settings = new Dictionary<string, string?>
        {
            [DataFolder.Key] = options.Folder,
            [ModelsFolder.Key] = Path.Combine(options.Folder, "models"),
            [ListenAddress.Key] = ListenAddress.OnThisMachine(options.Port),
            [$"{ClockOptions.Section}:Speed"] = scale.Speed.ToString("R", CultureInfo.InvariantCulture),
            [$"{ClockOptions.Section}:WallOrigin"] = scale.WallOrigin.ToString("O"),
            [$"{ClockOptions.Section}:ServiceOrigin"] = scale.ServiceOrigin.ToString("O"),
            [$"{Provider}:BaseAddress"] = provider.ToString(),
            [$"{Provider}:KeyFromEnvironment"] = KeyVariable,
            [$"{Provider}:MaxInFlight"] = "50",
            [$"{Root}:Url"] = "eod/{ticker}?date={date}&key={key}",
            [$"{Root}:Rules:Format"] = "Json",
            [$"{Root}:Rules:Date"] = "/date",
            [$"{Root}:Rules:Required:0"] = "/close",
            [$"{Root}:Rules:Required:1"] = "/volume",
            // Of the service's own log, what it says of itself when it is up: where the pages are.
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:EodPredict"] = "Warning",
            ["Logging:LogLevel:eod"] = "Information",
        };
        foreach (var (ticker, index) in plan.Tickers.Select((ticker, index) => (ticker, index)))
        {
            settings[$"{Root}:Tickers:{index}"] = ticker;
            settings[$"{Root}:TickerCalendars:{ticker}"] = DemoPlan.CalendarOf(ticker);
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
