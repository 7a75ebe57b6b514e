using EodPredict.Database;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Scraping;

/// <summary>Registers the scraping slice.</summary>
public static class ScrapingServiceCollectionExtensions
{
    /// <summary>Jobs and what runs them. Needs an NpgsqlDataSource and both clocks.</summary>
    public static IServiceCollection AddScraping(this IServiceCollection services) =>
        services.AddWorkerPresence().AddSingleton<ScrapeJobs>().AddSingleton<ScrapeRunner>();
}
