namespace EodPredict.Jobs;

/// <summary>
/// Runs jobs at their instants, durably and across processes. Every process of one installation shares the work.
/// </summary>
/// <remarks>
/// A job starts never before its instant on the service's clock. Delivery is at least once: a process that dies while it runs a job
/// leaves it to be run again, so a body must take its own lease. A body is cancelled when the process stops, and is then run again by
/// whichever process comes next. A body that throws is not retried by the engine: the body plans its own next run.
/// All members are safe for concurrent use.
/// </remarks>
public interface IJobEngine
{
    /// <summary>The engine's name and version, such as <c>Hangfire 1.8.25</c>.</summary>
    string Name { get; }

    /// <summary>The path of the engine's own dashboard; null where it has none.</summary>
    string? DashboardPath { get; }

    /// <summary>Plans the runs; a plan replaces an earlier one under the same key that has not started.</summary>
    Task ScheduleAsync(IReadOnlyCollection<PlannedJob> jobs, CancellationToken cancellationToken);

    /// <summary>Forgets the plan under this key. A run that has started goes on. An unknown key is no error.</summary>
    Task CancelAsync(JobKey key, CancellationToken cancellationToken);

    /// <summary>Adds or replaces a recurring job.</summary>
    Task RepeatAsync(RecurringJob job, CancellationToken cancellationToken);

    /// <summary>Removes a recurring job. An unknown key is no error.</summary>
    Task StopRepeatingAsync(JobKey key, CancellationToken cancellationToken);

    /// <summary>When a recurring job comes due next, on the service's clock; null where there is none under this key.</summary>
    Task<DateTimeOffset?> NextRunAsync(JobKey key, CancellationToken cancellationToken);

    /// <summary>The plans that have not started, in the order of their instants.</summary>
    /// <param name="most">How many, at least 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<PlannedJob>> PlannedAsync(int most, CancellationToken cancellationToken);
}
