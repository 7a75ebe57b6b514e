using System.Data;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>
/// Hangfire's queue in PostgreSQL, asked by one worker of this process at a time and only while a body could run here.
/// </summary>
/// <remarks>
/// Left to itself every idle worker polls, and a signal wakes only one of them, so that many due jobs trickle in at the poll's pace. With
/// one worker at the queue the idle load does not grow with the workers, and the next one asks as soon as a job has been fetched. A
/// process whose slots are all taken leaves the jobs to the others.
/// </remarks>
internal sealed partial class JobQueue(IPersistentJobQueueProvider inner, JobSlots slots, ILogger logger)
    : IPersistentJobQueueProvider, IPersistentJobQueue, IDisposable
{
    /// <summary>The name under which the service's jobs are queued.</summary>
    public const string Name = "eod";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly IPersistentJobQueue _queue = inner.GetJobQueue();
    private bool _failing;

    public IPersistentJobQueue GetJobQueue() => this;

    public IPersistentJobQueueMonitoringApi GetJobQueueMonitoringApi() => new JobQueueMonitoring(inner.GetJobQueueMonitoringApi());

    public void Enqueue(IDbConnection connection, string queue, string jobId) => _queue.Enqueue(connection, queue, jobId);

    public IFetchedJob Dequeue(string[] queues, CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        try
        {
            while (true)
            {
                slots.WaitForFree(cancellationToken);
                try
                {
                    var job = _queue.Dequeue(queues, cancellationToken);
                    _failing = false;
                    return job;
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException)
                {
                    // One worker tries again for all of them; otherwise each would fail, and say so.
                    if (!_failing)
                    {
                        QueueUnreachable(logger, e.Message);
                        _failing = true;
                    }

                    cancellationToken.WaitHandle.WaitOne(EngineTimings.Retry);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job queue cannot be read; due jobs wait, and the engine asks again every second. {Reason}")]
    private static partial void QueueUnreachable(ILogger logger, string reason);
}
