using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Jobs;

/// <summary>Registers kinds of jobs.</summary>
public static class JobServiceCollectionExtensions
{
    /// <summary>What every engine runs: the bodies of the registered kinds. Needs an engine, an NpgsqlDataSource and both clocks.</summary>
    public static IServiceCollection AddJobBodies(this IServiceCollection services) =>
        services.AddSingleton<RecurringRuns>().AddSingleton<JobBodies>().AddSingleton<RecurringJobs>()
            .AddJob<RecurringJobs>(RecurringJobs.ByHand, jobs => jobs.RunByHandAsync);

    /// <summary>Jobs of kind <paramref name="kind"/> are run by <paramref name="body"/> of the registered <typeparamref name="T"/>.</summary>
    public static IServiceCollection AddJob<T>(this IServiceCollection services, string kind, Func<T, JobBody> body)
        where T : notnull =>
        services.AddSingleton(new JobKind(kind, provider => body(provider.GetRequiredService<T>())));
}
