using EodPredict.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using RecurringJob = EodPredict.Jobs.RecurringJob;

namespace EodPredict.Hangfire;

/// <summary>The job engine on Hangfire, with its storage in the schema <c>hangfire</c> of the service's database.</summary>
internal sealed class HangfireJobEngine(JobStore store, PlannedJobTable plans, TimeProvider time, TimeScale scale) : IJobEngine
{
    // One transaction each: long enough to be fast, short enough that the first jobs do not wait for the last.
    private const int JobsInOneTransaction = 100;

    private static readonly TimeSpan KeptWhenForgotten = TimeSpan.FromHours(1);

    private readonly RecurringJobManager _recurring = store.RecurringJobs(time);

    public string Name { get; } = $"Hangfire {typeof(BackgroundJob).Assembly.GetName().Version?.ToString(3)}";

    public string DashboardPath => JobDashboardEndpoints.Path;

    public async Task ScheduleAsync(IReadOnlyCollection<PlannedJob> jobs, CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        var planned = jobs.GroupBy(job => job.Key).Select(plansOfOneKey => plansOfOneKey.Last()).OrderBy(job => job.At);
        foreach (var some in planned.Chunk(JobsInOneTransaction))
        {
            await OnOwnThreadAsync(() => ScheduleTogether(some), cancellationToken);
        }
    }

    public async Task CancelAsync(JobKey key, CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        await OnOwnThreadAsync(() => Cancel(key), cancellationToken);
    }

    public async Task RepeatAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        var method = job.Missed == MissedRuns.RunOnce ? nameof(JobRun.Repeat) : nameof(JobRun.RepeatUnlessMissed);
        var options = new RecurringJobOptions
        {
            TimeZone = ZoneOf(job),
            MisfireHandling = MisfireHandlingMode.Relaxed,
        };
        try
        {
            var call = Call(method, job.Key, job.Title);
            await OnOwnThreadAsync(() => _recurring.AddOrUpdate(job.Key.ToString(), call, job.Cron, options), cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(
                $"The job {job.Key} cannot be repeated: '{job.Cron}' is not a cron expression of five fields (minute, hour, day of month, " +
                $"month, day of week). {e.InnerException?.Message}", nameof(job), e);
        }
    }

    public async Task StopRepeatingAsync(JobKey key, CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        await OnOwnThreadAsync(() => _recurring.RemoveIfExists(key.ToString()), cancellationToken);
    }

    public async Task<DateTimeOffset?> NextRunAsync(JobKey key, CancellationToken cancellationToken)
    {
        await store.PrepareAsync(cancellationToken);
        var next = await OnOwnThreadAsync(
            () =>
            {
                using var connection = (JobStorageConnection)store.Storage.GetConnection();
                return connection.GetValueFromHash(RecurringRunFilter.HashOf(key.ToString()), "NextExecution");
            },
            cancellationToken);
        return JobHelper.DeserializeNullableDateTime(next) is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }

    public Task<IReadOnlyList<PlannedJob>> PlannedAsync(int most, CancellationToken cancellationToken) =>
        plans.NextAsync(most, cancellationToken);

    private static TimeZoneInfo ZoneOf(RecurringJob job) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(job.TimeZone, out var zone)
            ? zone
            : throw new ArgumentException(
                $"The job {job.Key} cannot be repeated: this system knows no time zone '{job.TimeZone}'. Give an IANA name such as " +
                "America/New_York; where all are unknown, install the package tzdata.", nameof(job));

    private static Job Call(string method, JobKey key, string title) =>
        new(typeof(JobRun), typeof(JobRun).GetMethod(method)!, [key.Kind, key.Id, title, null!, CancellationToken.None], JobQueue.Name);

    // Hangfire's storage blocks; on a thread of the pool it would hold up the bodies' awaits.
    private static Task OnOwnThreadAsync(Action work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task<T> OnOwnThreadAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void ScheduleTogether(PlannedJob[] jobs)
    {
        // The same order everywhere: two processes that plan the same jobs must not lock each other out.
        Array.Sort(jobs, (one, other) => string.CompareOrdinal(one.Key.ToString(), other.Key.ToString()));
        var keys = jobs.Select(job => job.Key).ToArray();
        using var transaction = OneTransaction.Begin();
        var replaced = plans.Lock(keys);
        plans.Set(jobs, [.. jobs.Select(Create)]);
        Forget(replaced, "Planned anew.");
        transaction.Complete();
    }

    private void Cancel(JobKey key)
    {
        using var transaction = OneTransaction.Begin();
        if (plans.Remove(key) is { } id)
        {
            Forget([id], "Cancelled.");
        }

        transaction.Complete();
    }

    private string Create(PlannedJob job) =>
        store.Client.Create(Call(nameof(JobRun.Run), job.Key, job.Title), FirstState(job.At), new Dictionary<string, object> { [JobRun.At] = job.At });

    private IState FirstState(DateTimeOffset at) =>
        at - time.GetUtcNow() <= EngineTimings.Near * scale.Speed
            ? new EnqueuedState(JobQueue.Name)
            : new ScheduledState((scale.ToWall(at) - EngineTimings.Lead).UtcDateTime);

    // Not through Hangfire's client, which takes a lock a job: a job that slips through finds no plan of its own and does nothing.
    private void Forget(IReadOnlyCollection<string> ids, string reason)
    {
        if (ids.Count == 0)
        {
            return;
        }

        using var connection = store.Storage.GetConnection();
        using var transaction = connection.CreateWriteTransaction();
        foreach (var id in ids)
        {
            transaction.RemoveFromSet("schedule", $"{JobQueue.Name}:{id}");
            transaction.SetJobState(id, new DeletedState { Reason = reason });
            transaction.ExpireJob(id, KeptWhenForgotten);
        }

        transaction.Commit();
    }
}
