namespace EodPredict.Jobs;

/// <summary>The bodies of all registered kinds. Safe for concurrent use.</summary>
public sealed class JobBodies(IServiceProvider services, IEnumerable<JobKind> kinds, RecurringRuns runs)
{
    private readonly Dictionary<string, JobKind> _kinds = kinds.ToDictionary(kind => kind.Name);

    /// <summary>Runs one planned job.</summary>
    /// <exception cref="InvalidOperationException">The kind is not registered in this process.</exception>
    public async Task RunAsync(JobKey key, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            await BodyAsync(key, cancellationToken);
            isDone = true;
        }
        finally
        {
            JobMeter.Ended(key, isDone ? "done" : cancellationToken.IsCancellationRequested ? "cut_short" : "failed");
        }
    }

    /// <summary>Runs a recurring job whose time has come, unless it is paused, and notes how that ended.</summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public Task RepeatAsync(JobKey key, CancellationToken cancellationToken) =>
        runs.RunAsync(key, isByHand: false, () => RunAsync(key, cancellationToken), cancellationToken);

    private Task BodyAsync(JobKey key, CancellationToken cancellationToken) =>
        _kinds.TryGetValue(key.Kind, out var kind)
            ? kind.Body(services)(key.Id, cancellationToken)
            : throw new InvalidOperationException(
                $"No job kind '{key.Kind}' is registered here (known: {string.Join(", ", _kinds.Keys)}). Is an older version of the service running on this database?");
}
