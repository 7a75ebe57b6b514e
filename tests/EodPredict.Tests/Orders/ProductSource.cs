using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>EodPredict's three doors, the third through the allocator.</summary>
internal sealed class ProductSource(string connectionString) : IIdSource
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connectionString);
    private readonly string _process = $"{Guid.CreateVersion7()}";
    private OrderIdAllocator? _allocator;
    private int _keys;

    public async Task<IReadOnlyList<long>> TakeAsync()
    {
        var store = new OrderStore(_database);
        _allocator ??= await OrderIdAllocator.OpenAsync(
            store, new OrderIdAllocatorOptions { Worker = _process }, TestTime.Wall, CancellationToken.None);
        var key = $"{++_keys}";
        var (recorded, _) = await store.RecordAsync(_process, new NewOrder(key, "{}"), CancellationToken.None);
        return [recorded, await store.ReserveAsync(_process, $"{key} reserved", CancellationToken.None), _allocator.Next()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_allocator is not null)
        {
            await _allocator.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}
