using EodPredict.Forecasting.Models;
using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Forecasting;

/// <summary>Registers the forecasting slice.</summary>
public static class ForecastingServiceCollectionExtensions
{
    /// <summary>History, models and their training. Needs the providers, a tree learner, an NpgsqlDataSource and the clocks.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelsFolder">Where models are kept.</param>
    public static IServiceCollection AddForecasting(this IServiceCollection services, string modelsFolder) =>
        services.AddSingleton<ArrivalHistory>()
            .AddSingleton(provider => new ModelStore(modelsFolder, provider.GetServices<FeatureSchema>()))
            .AddSingleton<ServingModel>().AddSingleton<ModelTraining>().AddSingleton<ModelReview>();

    /// <summary>Trains every night. Needs a job engine as well.</summary>
    public static IServiceCollection AddNightlyTraining(this IServiceCollection services) =>
        services.AddSingleton<NightlyTraining>()
            .AddHostedService(provider => provider.GetRequiredService<NightlyTraining>())
            .AddJob<NightlyTraining>(ModelTraining.Job, nightly => nightly.RunAsync);
}
