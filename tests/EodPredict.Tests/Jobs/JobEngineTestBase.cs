using EodPredict.Jobs;
using EodPredict.Tests.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Jobs;

/// <summary>What the parts of the job engines' contract share. Each engine derives a class from each part and names itself.</summary>
[Trait("Category", "Engine")]
public abstract class JobEngineTestBase
{
    /// <summary>Registers the engine under test as the service would.</summary>
    protected abstract void AddJobEngine(IServiceCollection services);

    internal Task<JobInstallation> InstallAsync(TimeScale? scale = null, string? connectionString = null) =>
        JobInstallation.NewAsync(AddJobEngine, scale, connectionString);

    internal static Task PlanAsync(EngineHost host, IReadOnlyCollection<PlannedJob> jobs) =>
        host.Engine.ScheduleAsync(jobs, CancellationToken.None);

    protected static PlannedJob Job(string kind, string id, DateTimeOffset at) => new(new(kind, id), at, $"Test {kind} {id}");

    protected static PlannedJob Note(int id, DateTimeOffset at) => Job("note", $"{id}", at);
}
