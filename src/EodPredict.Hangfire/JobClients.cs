using Hangfire;

namespace EodPredict.Hangfire;

/// <summary>What the dashboard's buttons act through: the host's own filters, and the service's clock for recurring jobs.</summary>
internal sealed class JobClients(JobStore store, TimeProvider time) : IBackgroundJobClientFactory, IRecurringJobManagerFactory
{
    public IBackgroundJobClient GetClient(JobStorage storage) => store.Client;

    public IRecurringJobManager GetManager(JobStorage storage) => store.RecurringJobs(time);
}
