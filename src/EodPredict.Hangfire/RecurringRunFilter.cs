using EodPredict.Jobs;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Storage;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>
/// Stamps each run of a recurring job with the instant it is for, and drops it where it was missed and the job lets missed runs go.
/// </summary>
/// <remarks>
/// Hangfire's own mode Ignorable drops every run that it comes to more than two polls late. With short polls that would lose the runs of
/// a busy second. Here a run counts as missed when no process was up at its instant, as the list of servers tells.
/// </remarks>
internal sealed class RecurringRunFilter(TimeScale scale) : IClientFilter, IJobFilterProvider
{
    public static string HashOf(string recurringJobId) => $"recurring-job:{recurringJobId}";

    public IEnumerable<JobFilter> GetFilters(Job job) =>
        job.Type == typeof(JobRun) ? [new JobFilter(this, JobFilterScope.Global, null)] : [];

    public void OnCreating(CreatingContext context)
    {
        if (!context.Parameters.TryGetValue("RecurringJobId", out var id) || !context.Parameters.TryGetValue("Time", out var time))
        {
            return;
        }

        // Not yet advanced: it is the first instant since the last run.
        var next = JobHelper.DeserializeNullableDateTime(((JobStorageConnection)context.Connection).GetValueFromHash(HashOf((string)id),
            "NextExecution"));
        if (next is not { } due || due > JobHelper.FromTimestamp(Convert.ToInt64(time, null)))
        {
            // Somebody runs it by hand, in between.
            return;
        }

        var at = new DateTimeOffset(due, TimeSpan.Zero);
        context.SetJobParameter(JobRun.At, at);
        context.Canceled = context.Job.Method.Name == nameof(JobRun.RepeatUnlessMissed) && NobodyWasUp(context, scale.ToWall(at));
    }

    public void OnCreated(CreatedContext context)
    {
    }

    // A server that was killed stays on the list until its last sign of life is as old as this. In doubt the run takes place, also since
    // Hangfire disables a recurring job whose runs could not be made five times.
    private static bool NobodyWasUp(CreatingContext context, DateTimeOffset at)
    {
        try
        {
            return !context.Storage.GetMonitoringApi().Servers().Any(server =>
                server.StartedAt <= at.UtcDateTime && server.Heartbeat >= at.UtcDateTime - EngineTimings.ServerGone);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
