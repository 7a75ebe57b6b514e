using Npgsql;

namespace EodPredict.Database;

/// <summary>Commands with positional parameters ($1, $2 …) in one line.</summary>
public static class SqlCommandExtensions
{
    /// <summary>A command on this connection, inside its transaction if there is one; null stands for SQL's null.</summary>
    public static NpgsqlCommand Sql(this NpgsqlConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(text, connection);
        Bind(command, values);
        return command;
    }

    /// <summary>A command on a connection of its own.</summary>
    public static NpgsqlCommand Sql(this NpgsqlDataSource database, string text, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(text);
        Bind(command, values);
        return command;
    }

    /// <summary>Runs the command and lets go of it.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The first value of the first row; the default where there is no row or it is null.</summary>
    public static async Task<T?> FirstAsync<T>(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
                ? await reader.GetFieldValueAsync<T>(0, cancellationToken)
                : default;
        }
    }

    /// <summary>All rows, each made by <paramref name="row"/>.</summary>
    public static async Task<List<T>> ListAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(row(reader));
            }

            return rows;
        }
    }

    /// <summary>The value of this column; the default where it is null.</summary>
    public static T? Nullable<T>(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    private static void Bind(NpgsqlCommand command, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
