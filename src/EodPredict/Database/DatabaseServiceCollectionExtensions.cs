using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Database;

/// <summary>Registers what several slices share of the database.</summary>
public static class DatabaseServiceCollectionExtensions
{
    /// <summary>
    /// This process's place in the installation, once however many slices ask for it. Needs an NpgsqlDataSource and both clocks.
    /// </summary>
    public static IServiceCollection AddWorkerPresence(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(WorkerPresence))
            ? services
            : services.AddSingleton<WorkerPresence>().AddHostedService(provider => provider.GetRequiredService<WorkerPresence>());
}
