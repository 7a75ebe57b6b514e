using System.Data;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>The greatest id so far and one, in a transaction of some isolation level.</summary>
internal sealed class MaxPlusOneSource(string connectionString, IsolationLevel level) : IIdSource
{
    private readonly NpgsqlConnection _connection = new(connectionString);

    public async Task<IReadOnlyList<long>> TakeAsync()
    {
        if (_connection.State != ConnectionState.Open)
        {
            await _connection.OpenAsync();
        }

        await using var transaction = await _connection.BeginTransactionAsync(level);
        var ids = await _connection.RowsAsync(
            "insert into made select coalesce(max(id), 0) + 1 from made returning id", row => row.GetInt64(0));
        await transaction.CommitAsync();
        return ids;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
