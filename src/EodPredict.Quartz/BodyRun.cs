using EodPredict.Jobs;
using Microsoft.Extensions.Logging;

namespace EodPredict.Quartz;

/// <summary>Runs a job's body and tells Quartz what it has to know: that the run is over, or that a stop cut it short.</summary>
internal sealed partial class BodyRun(JobBodies bodies, ILogger<BodyRun> logger)
{
    /// <exception cref="OperationCanceledException">The process stops. Quartz hands the run to the next process.</exception>
    public Task RunAsync(JobKey key, CancellationToken cancellationToken) => RunAsync(key, bodies.RunAsync, cancellationToken);

    /// <summary>As <see cref="RunAsync(JobKey, CancellationToken)"/>, for a recurring job whose time has come.</summary>
    public Task RepeatAsync(JobKey key, CancellationToken cancellationToken) => RunAsync(key, bodies.RepeatAsync, cancellationToken);

    private async Task RunAsync(JobKey key, Func<JobKey, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        try
        {
            await body(key, cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The run of {key} was cut short.", e, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever a body throws ends that run and nothing else.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, key);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Key} failed; it is not run again unless it is planned again")]
    private partial void LogFailed(Exception exception, JobKey key);
}
