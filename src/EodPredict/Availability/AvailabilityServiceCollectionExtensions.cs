using EodPredict.Database;
using EodPredict.Forecasting.Models;
using EodPredict.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Availability;

/// <summary>Registers the availability slice.</summary>
public static class AvailabilityServiceCollectionExtensions
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How checks are planned by a law, for the forecast's gate to compare what they cost.</summary>
    public static IServiceCollection AddCheckTimes(this IServiceCollection services) => services.AddSingleton<CheckTimes>((law, dataset) =>
        [.. CheckPlanner.Plan(law, SessionPlanner.Prices(dataset, SignalTrustStore.NoSignals), new PlanningLimits(TimeSpan.Zero, dataset.Horizon))
            .Checks.Select(check => check.At)]);

    /// <summary>
    /// Watches the configured datasets: sessions open at the close, checks are planned and made, arrivals are kept and told of. Needs the
    /// providers, the calendars, a job engine, an NpgsqlDataSource and the clocks.
    /// </summary>
    public static IServiceCollection AddAvailability(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<WebhookOptions>(configuration.GetSection("Eod:Webhook"));
        services.AddHttpClient(WebhookCalls.Client, client => client.Timeout = WebhookTimeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();

        services.AddWorkerPresence();

        services.AddSingleton<GetBudget>();
        services.AddSingleton<PayloadStore>();
        services.AddSingleton<ProviderHolds>();
        services.AddSingleton<WatchChanges>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SignalTrustStore>();
        services.AddSingleton<BudgetScarcity>();
        services.AddSingleton<DatasetForecasters>();
        services.AddSingleton<SessionPlanner>();
        services.AddSingleton<BatchTurns>();
        services.AddSingleton<DueChecks>();
        services.AddSingleton<HastenedChecks>();
        services.AddSingleton<ArrivalRecorder>();
        services.AddSingleton<ArrivalLog>();
        services.AddSingleton<SessionOpening>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<SessionReread>();
        services.AddSingleton<WebhookCalls>();
        services.AddHostedService<OverdueChecks>();

        return services
            .AddJob<SessionOpening>(AvailabilityJobs.Open, opening => opening.RunAsync)
            .AddJob<SessionCheck>(AvailabilityJobs.Check, check => check.RunAsync)
            .AddJob<SessionReread>(AvailabilityJobs.Reread, reread => reread.RunAsync)
            .AddJob<WebhookCalls>(AvailabilityJobs.Webhook, calls => calls.RunAsync);
    }
}
