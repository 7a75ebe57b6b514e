using EodPredict.Jobs;

namespace EodPredict.Tests.Availability;

/// <summary>A job engine of a test: it keeps what is planned and runs nothing by itself. Several services may share one.</summary>
internal sealed class PlannedJobs : IJobEngine
{
    private readonly Dictionary<JobKey, PlannedJob> _planned = [];

    public string Name => "planned jobs";

    public string? DashboardPath => null;

    public Task ScheduleAsync(IReadOnlyCollection<PlannedJob> jobs, CancellationToken cancellationToken)
    {
        lock (_planned)
        {
            foreach (var job in jobs)
            {
                _planned[job.Key] = job;
            }
        }

        return Task.CompletedTask;
    }

    public Task CancelAsync(JobKey key, CancellationToken cancellationToken)
    {
        lock (_planned)
        {
            _planned.Remove(key);
        }

        return Task.CompletedTask;
    }

    public Task RepeatAsync(RecurringJob job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopRepeatingAsync(JobKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DateTimeOffset?> NextRunAsync(JobKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PlannedJob>> PlannedAsync(int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Takes the earliest plan; null where there is none up to this instant.</summary>
    public PlannedJob? TakeNext(DateTimeOffset upTo)
    {
        lock (_planned)
        {
            var next = _planned.Values.Where(job => job.At <= upTo).MinBy(job => (job.At, job.Key.Kind, job.Key.Id));
            if (next is not null)
            {
                _planned.Remove(next.Key);
            }

            return next;
        }
    }
}
