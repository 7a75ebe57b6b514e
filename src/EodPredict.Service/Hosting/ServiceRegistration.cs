using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Replay;
using EodPredict.Scraping;
using EodPredict.Service.Configuration;
using EodPredict.Service.Health;

namespace EodPredict.Service.Hosting;

/// <summary>What the executable itself adds to the slices: clocks and the database server.</summary>
internal static class ServiceRegistration
{
    /// <summary>What every command needs: clocks, database, calendars, providers and the tree learner.</summary>
    public static IServiceCollection AddFoundation(this IServiceCollection services, IConfiguration configuration) =>
        services.AddClocks(configuration).AddDatabase(configuration).AddMarkets(configuration).AddTreeLearner()
            .AddForecasting(ModelsFolder.Of(configuration)).AddCheckTimes().AddLimitForecasts();

    /// <summary>The service's clock (unkeyed), the wall clock (keyed) and the scale between them.</summary>
    private static IServiceCollection AddClocks(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddSingleton(_ => ClockOptions.Read(configuration).ToTimeScale())
            .AddKeyedSingleton(WallClock.Key, SystemClock.Wall)
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<TimeScale>() is { IsReal: false } scale
                ? new ScaledTimeProvider(scale, SystemClock.Wall) : SystemClock.Wall);
    }

    /// <summary>Calendars and providers; tickers name calendars.</summary>
    private static IServiceCollection AddMarkets(this IServiceCollection services, IConfiguration configuration) =>
        services.AddMarketCalendars(configuration).AddProviders(configuration, CalendarNames);

    /// <summary>The job engine of this build, and the bodies of the jobs that the slices have registered.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration) =>
        services
            .Configure<JobEngineOptions>(configuration.GetSection(ConfigurationCheck.JobsSection))
            .AddJobBodies()
            .AddJobEngine();

    /// <summary>The database server, started before any other hosted service and let go after all of them.</summary>
    private static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(_ => new DatabaseServer(configuration, SystemClock.Wall))
            .AddSingleton(provider => provider.GetRequiredService<DatabaseServer>().DataSource)
            .AddHostedService<DatabaseStartup>();

    /// <summary>Watches the database while the service runs, and tells whether the service is ready.</summary>
    public static IServiceCollection AddSupervision(this IServiceCollection services) =>
        services.AddHostedService<DatabaseSupervisor>().AddSingleton<ReadinessCheck>();

    // Null where the calendars cannot be read: that is a fault of its own, and no reason to doubt every ticker.
    private static IReadOnlyList<string>? CalendarNames(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<MarketCalendars>().Names;
        }
        catch (Exception e) when (ExpectedFaults.Describe(e) is not null)
        {
            return null;
        }
    }
}
