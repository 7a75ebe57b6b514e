using EodPredict.Jobs;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>Registers the job engine on Hangfire.</summary>
public static class JobEngineRegistration
{
    /// <summary>
    /// Registers <see cref="IJobEngine"/> and the hosted service that runs the jobs. Needs a registered <see cref="NpgsqlDataSource"/>
    /// (migrated), <see cref="TimeProvider"/>, <see cref="TimeScale"/>, <see cref="JobBodies"/> and <see cref="JobEngineOptions"/>.
    /// </summary>
    public static IServiceCollection AddJobEngine(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton(provider => new JobSlots(provider.GetRequiredService<IOptions<JobEngineOptions>>().Value.Workers));
        services.AddSingleton<RecurringRunFilter>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<PlannedJobTable>();
        services.AddSingleton<DatabasePatience>();
        services.AddSingleton<JobRun>();
        services.AddSingleton<IJobEngine, HangfireJobEngine>();
        services.AddHostedService<JobServer>();

        // The dashboard asks for these two: the first is only a sign that Hangfire has been set up.
        services.AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration);
        services.AddSingleton(DashboardRoutes.Routes);
        services.AddSingleton<JobClients>();
        services.AddSingleton<IBackgroundJobClientFactory>(provider => provider.GetRequiredService<JobClients>());
        services.AddSingleton<IRecurringJobManagerFactory>(provider => provider.GetRequiredService<JobClients>());
        return services;
    }
}
