using System.Collections.Concurrent;

namespace EodPredict.Orders;

/// <summary>
/// One allocator a database, for processes that use several. The key is the database itself (the cluster's number and the database's), so
/// that neither a second address of one database nor a second database behind one address can mix them up. Safe for concurrent use.
/// </summary>
public sealed class OrderIdAllocators(TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(long SystemIdentifier, uint Database), Lazy<Task<OrderIdAllocator>>> _open = new();

    /// <summary>The allocator of the database that the store leads to now, opened where there is none yet.</summary>
    /// <exception cref="OrderRefusedException">Ids are not safe to give out now, or the id space is used up.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<OrderIdAllocator> GetAsync(OrderStore store, OrderIdAllocatorOptions options, CancellationToken cancellationToken)
    {
        var from = await store.IdentifyAsync(cancellationToken);
        var key = (from.SystemIdentifier, from.Database);
        var opening = _open.GetOrAdd(key, _ => new(() => OrderIdAllocator.OpenAsync(store, options, time, CancellationToken.None)));
        try
        {
            return await opening.Value.WaitAsync(cancellationToken);
        }
        catch when (opening.Value.IsFaulted)
        {
            _open.TryRemove(KeyValuePair.Create(key, opening));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opening in _open.Values.Where(opening => opening.Value.IsCompletedSuccessfully))
        {
            await (await opening.Value).DisposeAsync();
        }
    }
}
