using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz.Extensibility;

namespace EodPredict.Quartz;

/// <summary>Registers the job engine.</summary>
public static class JobEngineRegistration
{
    /// <summary>
    /// Jobs are run by Quartz.NET, clustered on the registered data source's database in a schema of its own. Running starts when the host
    /// has started and ends before any other hosted service stops; plans are taken at any time before that end.
    /// </summary>
    public static IServiceCollection AddJobEngine(this IServiceCollection services) => services
        .AddSingleton<IJobFactory, RunFactory>()
        .AddSingleton<ClusteredScheduler>()
        .AddHostedService(provider => provider.GetRequiredService<ClusteredScheduler>())
        .AddSingleton<IJobEngine, QuartzJobEngine>();
}
