using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Jobs;

/// <summary>Registers kinds of jobs.</summary>
public static class JobServiceCollectionExtensions
{
    /// <summary>Jobs of kind <paramref name="kind"/> are run by <paramref name="body"/> of the registered <typeparamref name="T"/>.</summary>
    public static IServiceCollection AddJob<T>(this IServiceCollection services, string kind, Func<T, JobBody> body)
        where T : notnull =>
        services.AddSingleton(new JobKind(kind, provider => body(provider.GetRequiredService<T>())));
}
