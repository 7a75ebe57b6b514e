using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;

namespace EodPredict.Quartz;

/// <summary>Makes the runs that Quartz asks for.</summary>
internal sealed class RunFactory(
    JobBodies bodies,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    TimeScale scale,
    ILoggerFactory loggers) : IJobFactory
{
    private readonly BodyRun _body = new(bodies, loggers.CreateLogger<BodyRun>());
    private readonly DateTimeOffset _began = time.GetUtcNow();

    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(
            bundle.JobDetail.JobType.Type == typeof(PlannedRun)
                ? new PlannedRun(_body, time, scale)
                : new RecurringRun(_body, time, wall, scale, _began, loggers.CreateLogger<RecurringRun>())));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
