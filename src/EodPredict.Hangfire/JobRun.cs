using EodPredict.Jobs;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace EodPredict.Hangfire;

/// <summary>
/// What Hangfire stores and calls: one run of a planned or a recurring job. It waits for its exact instant, since Hangfire hands over early.
/// The names of the type, of its methods and the order of their parameters are stored in the database. Safe for concurrent use.
/// </summary>
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
    public async Task RunAsync(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken)
    {
        var key = new JobKey(kind, id);
        using var slot = await WaitForTurnAsync(context, cancellationToken);
        if (await patience.UntilAnsweredAsync(() => StartAsync(key, context.BackgroundJob.Id, cancellationToken), cancellationToken))
        {
            await bodies.RunAsync(key, cancellationToken);
        }
        else
        {
            PlanIsGone(logger, title);
        }
    }

    /// <summary>Runs a recurring job that makes up for missed runs by one run.</summary>
    [JobDisplayName("{2}")]
    public async Task RepeatAsync(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken)
    {
        var key = new JobKey(kind, id);
        using var slot = await WaitForTurnAsync(context, cancellationToken);
        if (await patience.UntilAnsweredAsync(() => Task.FromResult(IsRepeated(key)), cancellationToken))
        {
            await bodies.RunAsync(key, cancellationToken);
        }
        else
        {
            PlanIsGone(logger, title);
        }
    }

    /// <summary>Runs a recurring job that lets missed runs go; <see cref="RecurringRuns"/> sees to that.</summary>
    [JobDisplayName("{2}")]
    public Task RepeatUnlessMissedAsync(string kind, string id, string title, PerformContext context, CancellationToken cancellationToken) =>
        RepeatAsync(kind, id, title, context, cancellationToken);

    private async Task<IDisposable> WaitForTurnAsync(PerformContext context, CancellationToken cancellationToken)
    {
        if (await patience.UntilAnsweredAsync(() => Task.FromResult(context.GetJobParameter<DateTimeOffset?>(At)), cancellationToken) is { } at)
        {
            // A timer may fire a little early, and a wait of less than a millisecond would be none.
            var shortest = TimeSpan.FromMilliseconds(1) * scale.Speed;
            while (at - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait > shortest ? wait : shortest, time, cancellationToken);
            }
        }

        return await slots.TakeAsync(cancellationToken);
    }

    // From here on the key is free for the next plan, and a run that is delivered again after a crash knows that it is no stale one.
    private async Task<bool> StartAsync(JobKey key, string engineJobId, CancellationToken cancellationToken)
    {
        using var transaction = OneTransaction.Begin();
        var carriesPlan = await plans.RemoveAsync(key, engineJobId, cancellationToken);
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
        return connection.GetAllEntriesFromHash(RecurringRuns.HashOf(key.ToString())) is not null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Title} was cancelled or planned anew before it started.")]
    private static partial void PlanIsGone(ILogger logger, string title);
}
