using Hangfire;

namespace EodPredict.Hangfire;

/// <summary>Gives Hangfire the host's one <see cref="JobRun"/>.</summary>
internal sealed class JobRunActivator(JobRun run) : JobActivator
{
    public override object ActivateJob(Type jobType) => run;
}
