using EodPredict.Database;
using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Scraping;

/// <summary>Registers the scraping slice.</summary>
public static class ScrapingServiceCollectionExtensions
{
    /// <summary>Jobs and what runs them. Needs an NpgsqlDataSource and both clocks.</summary>
    public static IServiceCollection AddScraping(this IServiceCollection services) =>
        services.AddWorkerPresence().AddSingleton<ScrapeJobs>().AddSingleton<ScrapeRunner>();

    /// <summary>The same, run by the job engine, which has to be registered.</summary>
    public static IServiceCollection AddServedScraping(this IServiceCollection services) =>
        services
            .AddScraping()
            .AddSingleton<ServedScrapes>()
            .AddHostedService(provider => provider.GetRequiredService<ServedScrapes>())
            .AddJob<ServedScrapes>(ServedScrapes.Kind, scrapes => scrapes.RunAsync);
}
