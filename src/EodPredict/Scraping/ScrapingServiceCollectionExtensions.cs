using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Scraping.Forecast;
using EodPredict.Scraping.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Scraping;

/// <summary>Registers the scraping slice.</summary>
public static class ScrapingServiceCollectionExtensions
{
    /// <summary>Jobs and what runs them. Needs an NpgsqlDataSource and both clocks.</summary>
    public static IServiceCollection AddScraping(this IServiceCollection services) =>
        services.AddLimitForecasts().AddWorkerPresence().AddSingleton<ScrapeJobs>().AddSingleton<ScrapeRunner>()
            .AddSingleton<ScrapePlans>().AddSingleton<PlannedScrape>();

    /// <summary>The forecast of limits and its training. Needs the models, a tree learner, an NpgsqlDataSource and the clocks.</summary>
    public static IServiceCollection AddLimitForecasts(this IServiceCollection services)
    {
        if (!services.Any(service => ReferenceEquals(service.ImplementationInstance, LimitFeatures.Schema)))
        {
            services.AddSingleton(LimitFeatures.Schema).AddSingleton<LimitForecasts>().AddSingleton<EndpointModels>().AddSingleton<LimitTraining>()
                .AddSingleton<LimitReview>();
        }

        return services;
    }

    /// <summary>The same, run by the job engine, which has to be registered.</summary>
    public static IServiceCollection AddServedScraping(this IServiceCollection services) =>
        services
            .AddScraping()
            .AddSingleton<NightlyLimitTraining>()
            .AddHostedService(provider => provider.GetRequiredService<NightlyLimitTraining>())
            .AddJob<NightlyLimitTraining>(NightlyLimitTraining.Job, nightly => nightly.RunAsync)
            .AddSingleton<ServedScrapes>()
            .AddHostedService(provider => provider.GetRequiredService<ServedScrapes>())
            .AddJob<ServedScrapes>(ServedScrapes.Kind, scrapes => scrapes.RunAsync);
}
