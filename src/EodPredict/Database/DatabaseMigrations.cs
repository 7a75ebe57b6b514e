using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EodPredict.Database;

/// <summary>Brings the schema <c>eod</c> up to date: the numbered .sql files of this assembly, in order, each once, forward only.</summary>
public static class DatabaseMigrations
{
    // Any constant will do; it only has to be the same in every process of an installation.
    private const long MigrationLock = 0x656F64_6D696772;

    /// <summary>Applies what is missing, all in one transaction. Processes that start together wait for one another.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="DatabaseMigrationException">The database has a migration that this build lacks, or one that differs from this build's.</exception>
    public static async Task<int> ApplyAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        await ExecuteAsync(connection, """
            create schema if not exists eod;
            create table if not exists eod.migration (name text primary key, sha256 bytea not null, applied_at timestamptz not null)
            """, cancellationToken);

        var applied = await AppliedAsync(connection, cancellationToken);
        var known = Known();
        if (applied.Keys.Except(known.Select(m => m.Name)).Order().ToList() is { Count: > 0 } unknown)
        {
            throw new DatabaseMigrationException(
                $"The database has been migrated by a newer build (it has {string.Join(", ", unknown)}). Run that build, or restore a backup from before it.");
        }

        var missing = 0;
        foreach (var (name, sql) in known)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(sql));
            if (applied.TryGetValue(name, out var before))
            {
                if (!hash.AsSpan().SequenceEqual(before))
                {
                    throw new DatabaseMigrationException(
                        $"Migration {name} differs from the one this database was built with. An applied migration is never edited: add a new one.");
                }

                continue;
            }

            await ExecuteAsync(connection, sql, cancellationToken);
            await using var record = new NpgsqlCommand("insert into eod.migration (name, sha256, applied_at) values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = name }, new() { Value = hash }, new() { Value = time.GetUtcNow() } },
            };
            await record.ExecuteNonQueryAsync(cancellationToken);
            missing++;
        }

        await transaction.CommitAsync(cancellationToken);
        return missing;
    }

    private static List<(string Name, string Sql)> Known()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (Path.GetFileNameWithoutExtension(name), Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task<Dictionary<string, byte[]>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select name, sha256 from eod.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<string, byte[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
