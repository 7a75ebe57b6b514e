namespace EodPredict.Jobs;

/// <summary>The bodies of all registered kinds. Safe for concurrent use.</summary>
public sealed class JobBodies(IServiceProvider services, IEnumerable<JobKind> kinds)
{
    private readonly Dictionary<string, JobKind> _kinds = kinds.ToDictionary(kind => kind.Name);

    /// <summary>Runs one job.</summary>
    /// <exception cref="InvalidOperationException">The kind is not registered in this process.</exception>
    public Task RunAsync(JobKey key, CancellationToken cancellationToken) =>
        _kinds.TryGetValue(key.Kind, out var kind)
            ? kind.Body(services)(key.Id, cancellationToken)
            : throw new InvalidOperationException(
                $"No job kind '{key.Kind}' is registered here (known: {string.Join(", ", _kinds.Keys)}). Is an older version of the service running on this database?");
}
