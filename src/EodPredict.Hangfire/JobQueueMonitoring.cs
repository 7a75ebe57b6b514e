using Hangfire.PostgreSql;

namespace EodPredict.Hangfire;

/// <summary>What the dashboard asks about the queue. The storage's own provider lists the names of all queues already.</summary>
internal sealed class JobQueueMonitoring(IPersistentJobQueueMonitoringApi inner) : IPersistentJobQueueMonitoringApi
{
    public IEnumerable<string> GetQueues() => [];

    public IEnumerable<long> GetEnqueuedJobIds(string queue, int from, int perPage) => inner.GetEnqueuedJobIds(queue, from, perPage);

    public IEnumerable<long> GetFetchedJobIds(string queue, int from, int perPage) => inner.GetFetchedJobIds(queue, from, perPage);

    public EnqueuedAndFetchedCountDto GetEnqueuedAndFetchedCount(string queue) => inner.GetEnqueuedAndFetchedCount(queue);
}
