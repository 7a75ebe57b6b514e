using EodPredict.Jobs;

namespace EodPredict.Tests.Worker;

/// <summary>One process of an installation.</summary>
/// <param name="ConnectionString">The installation's database.</param>
/// <param name="Process">The name under which its runs are recorded.</param>
/// <param name="Scale">How its service's clock runs.</param>
/// <param name="Workers">How many jobs it runs at a time.</param>
internal sealed record EngineHostOptions(string ConnectionString, string Process, TimeScale Scale, int Workers)
{
    /// <summary>What a worker process plans by itself when it is up.</summary>
    public IReadOnlyList<PlannedJob> Jobs { get; init; } = [];

    /// <summary>What a process repeats, as it tells its engine while it starts.</summary>
    public IReadOnlyList<RecurringJob> Repeated { get; init; } = [];

    /// <summary>The environment variable in which a worker process finds these, as JSON.</summary>
    public const string Variable = "EOD_TEST_WORKER";

    /// <summary>The line that a worker process prints when it runs.</summary>
    public const string Ready = "ready";
}
