using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>Ids by one statement, committed before they are seen.</summary>
internal sealed class SqlSource(string connectionString, string take) : IIdSource
{
    private readonly NpgsqlConnection _connection = new(connectionString);

    public async Task<IReadOnlyList<long>> TakeAsync()
    {
        if (_connection.State != System.Data.ConnectionState.Open)
        {
            await _connection.OpenAsync();
        }

        return await _connection.RowsAsync(take, row => row.GetInt64(0));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
