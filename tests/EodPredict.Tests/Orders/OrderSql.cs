using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>The SQL functions as a script calls them, on a connection of its own or on one that the test holds.</summary>
internal static class OrderSql
{
    public static async Task<(long OrderId, bool Created)> RecordAsync(
        this NpgsqlConnection connection, string source, string key, string payload = "{}") =>
        (await connection.RowsAsync(
            "select order_id, created from eod.record_order($1, $2, $3::jsonb)", row => (row.GetInt64(0), row.GetBoolean(1)), source, key, payload))
        .Single();

    public static async Task<long> ReserveAsync(this NpgsqlConnection connection, string source, string key) =>
        (await connection.RowsAsync("select eod.reserve_order_id($1, $2)", row => row.GetInt64(0), source, key)).Single();

    public static Task<List<(long First, long Last)>> LeaseAsync(this NpgsqlConnection connection, string worker, int blocks) =>
        connection.RowsAsync(
            "select first_id, last_id from eod.lease_order_ids($1, $2)", row => (row.GetInt64(0), row.GetInt64(1)), worker, blocks);

    /// <summary>The orders after a cursor, and the next cursor.</summary>
    public static async Task<(List<long> OrderIds, string Cursor)> SinceAsync(this NpgsqlConnection connection, string cursor, int most = 1000)
    {
        var rows = await connection.RowsAsync(
            "select order_id, next_cursor from eod.orders_since($1, $2)", row => (Id: row.GetInt64(0), Cursor: row.GetString(1)), cursor, most);
        return ([.. rows.Select(row => row.Id)], rows.Count > 0 ? rows[^1].Cursor : cursor);
    }

    public static Task<List<LedgerRow>> LedgerAsync(this NpgsqlConnection connection) =>
        connection.RowsAsync(
            "select worker, issued, used, reserved, leased_unused, abandoned from eod.order_ledger()",
            row => new LedgerRow(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));

    /// <summary>Runs a statement with positional parameters and reads all its rows.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Runs statements without parameters.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
