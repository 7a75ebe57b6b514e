using EodPredict.Providers.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Providers;

/// <summary>Registers providers.</summary>
public static class ProviderServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="DatasetCatalog"/>, read from the section <c>Eod:Providers</c>, and <see cref="ProviderClient"/>. The host
    /// refuses to start with a <see cref="ProviderConfigurationException"/> where the section has faults. Needs an NpgsqlDataSource and
    /// both clocks.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="calendars">The names of the calendars there are; by default any name is taken.</param>
    public static IServiceCollection AddProviders(
        this IServiceCollection services,
        IConfiguration configuration,
        Func<IServiceProvider, IReadOnlyCollection<string>?>? calendars = null)
    {
        services.AddSingleton(
            provider => new CatalogReader(Environment.GetEnvironmentVariable, calendars?.Invoke(provider)).Read(configuration));
        services.AddSingleton<ProviderClient>();
        services.AddHostedService<CatalogStartup>();
        return services;
    }
}
