using EodPredict.Jobs;
using EodPredict.Service.Configuration;
using EodPredict.Service.Health;

namespace EodPredict.Service.Hosting;

/// <summary>What the executable itself adds to the slices: clocks and the database server.</summary>
internal static class ServiceRegistration
{
    /// <summary>The service's clock (unkeyed), the wall clock (keyed) and the scale between them.</summary>
    public static IServiceCollection AddClocks(this IServiceCollection services, IConfiguration configuration)
    {
        var scale = (configuration.GetSection(ClockOptions.Section).Get<ClockOptions>() ?? new ClockOptions()).ToTimeScale();
        return services
            .AddSingleton(scale)
            .AddKeyedSingleton(WallClock.Key, SystemClock.Wall)
            .AddSingleton(SystemClock.Wall);
    }

    /// <summary>The database server, started before everything that is registered after it, and watched.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(new DatabaseServer(configuration, SystemClock.Wall))
            .AddSingleton(provider => provider.GetRequiredService<DatabaseServer>().DataSource)
            .AddHostedService<DatabaseStartup>()
            .AddSingleton<DatabaseSupervisor>()
            .AddHostedService(provider => provider.GetRequiredService<DatabaseSupervisor>())
            .AddSingleton<ReadinessCheck>();
}
