using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>Durable blocks of ten, kept in the process under the database's name.</summary>
internal sealed class NamedCacheSource(string connectionString, Dictionary<string, Queue<long>> memory) : IIdSource
{
    private readonly NpgsqlConnection _connection = new(connectionString);

    public async Task<IReadOnlyList<long>> TakeAsync()
    {
        if (!memory.TryGetValue(_connection.Database, out var block) || block.Count == 0)
        {
            if (_connection.State != System.Data.ConnectionState.Open)
            {
                await _connection.OpenAsync();
            }

            block = memory[_connection.Database] = new(await _connection.RowsAsync(
                "with taken as (update blocks set next = next + 10 returning next) select next - i from taken, generate_series(1, 10) i",
                row => row.GetInt64(0)));
        }

        return [block.Dequeue()];
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
