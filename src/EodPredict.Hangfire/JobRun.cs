using EodPredict.Jobs;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace EodPredict.Hangfire;

/// <summary>
/// What Hangfire stores and calls: one run of a planned or a recurring job. It waits for its exact instant, since Hangfire hands over early.
/// The names of the type, of its methods and the order of their parameters are stored in the database. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The methods block, for each call has a worker's thread to itself. On the pool's threads, blocked by Hangfire's storage a few hundred
/// times in a busy second, jobs would be late by the time the pool takes to grow.
/// </remarks>
internal sealed partial class JobRun(
    JobStore store,
    PlannedJobTable plans,
    JobSlots slots,
    JobBodies bodies,
    DatabasePatience patience,
    TimeProvider time,
    TimeScale scale,
    ILogger<JobRun> logger)
{
    /// <summary>The job parameter that holds the instant before which the body must not start.</summary>
    public const string At = "At";

    private const string Started = "Started";

    /// <summary>Runs a planned job, unless it has been cancelled or replaced before it started.</summary>
    [JobDisplayName("{2}")]
    public void Run(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken)
    {
        var key = new JobKey(kind, id);
        RunWhenDue(key, title, () => Start(key, context.BackgroundJob.Id), bodies.RunAsync, context, cancellationToken);
    }

    /// <summary>Runs a recurring job that makes up for missed runs by one run.</summary>
    [JobDisplayName("{2}")]
    public void Repeat(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken)
    {
        var key = new JobKey(kind, id);
        RunWhenDue(key, title, () => IsRepeated(key), bodies.RepeatAsync, context, cancellationToken);
    }

    /// <summary>Runs a recurring job that lets missed runs go; <see cref="RecurringRunFilter"/> sees to that.</summary>
    [JobDisplayName("{2}")]
    public void RepeatUnlessMissed(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken) =>
        Repeat(kind, id, title, context, cancellationToken);

    private void RunWhenDue(
        JobKey key, string title, Func<bool> isStillPlanned, Func<JobKey, CancellationToken, Task> body, PerformContext context,
        CancellationToken cancellationToken)
    {
        var due = patience.UntilAnswered(() => context.GetJobParameter<DateTimeOffset?>(At), cancellationToken);
        if (due is { } at)
        {
            WaitUntil(at, cancellationToken);
        }

        using var slot = slots.Take(cancellationToken);
        if (patience.UntilAnswered(isStillPlanned, cancellationToken))
        {
            if (due is { } planned)
            {
                JobMeter.Began(key, planned, time.GetUtcNow(), scale);
            }

            body(key, cancellationToken).GetAwaiter().GetResult();
        }
        else
        {
            PlanIsGone(logger, title);
        }
    }

    private void WaitUntil(DateTimeOffset at, CancellationToken cancellationToken)
    {
        // A timer may fire a little early, and a wait of less than a millisecond would be none.
        var shortest = TimeSpan.FromMilliseconds(1) * scale.Speed;
        while (at - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            Task.Delay(wait > shortest ? wait : shortest, time, cancellationToken).GetAwaiter().GetResult();
        }
    }

    // From here on the key is free for the next plan, and a run that is delivered again after a crash knows that it is no stale one.
    private bool Start(JobKey key, string engineJobId)
    {
        using var transaction = OneTransaction.Begin();
        var carriesPlan = plans.Remove(key, engineJobId);
        using var connection = store.Storage.GetConnection();
        if (!carriesPlan)
        {
            return connection.GetJobParameter(engineJobId, Started) is not null;
        }

        connection.SetJobParameter(engineJobId, Started, "true");
        transaction.Complete();
        return true;
    }

    private bool IsRepeated(JobKey key)
    {
        using var connection = store.Storage.GetConnection();
        return connection.GetAllEntriesFromHash(RecurringRunFilter.HashOf(key.ToString())) is not null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Title} was cancelled or planned anew before it started.")]
    private static partial void PlanIsGone(ILogger logger, string title);
}
