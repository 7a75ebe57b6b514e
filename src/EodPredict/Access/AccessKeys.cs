using EodPredict.Database;
using Npgsql;

namespace EodPredict.Access;

/// <summary>The keys of an installation, in its database. Safe for concurrent use.</summary>
public sealed class AccessKeys(NpgsqlDataSource database)
{
    private const int LongestName = 100;

    /// <summary>Makes a key.</summary>
    /// <param name="name">What people call it, 1 to 100 characters.</param>
    /// <param name="role">One of <see cref="AccessRoles"/>.</param>
    /// <param name="now">The wall clock's time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key. It is not stored and cannot be had again.</returns>
    /// <exception cref="AccessRefusedException">The name is empty, too long or that of another key.</exception>
    public async Task<string> CreateAsync(string name, string role, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            throw new AccessRefusedException($"A key's name has 1 to {LongestName} characters.");
        }

        var secret = AccessSecret.Create();
        try
        {
            await database.Sql(
                "insert into eod.access_key (name, role, hash, created_at) values ($1, $2, decode($3, 'hex'), $4)",
                name, role, AccessSecret.Hash(secret), now).RunAsync(cancellationToken);
            return secret;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new AccessRefusedException($"There is a key '{name}' already: choose another name, or revoke that one first.");
        }
    }

    /// <summary>All keys, revoked ones too, in the order in which they were made.</summary>
    public Task<List<AccessKey>> ListAsync(CancellationToken cancellationToken) => database.Sql(
        "select key_id, name, role, encode(hash, 'hex'), created_at, last_used_at, revoked_at from eod.access_key order by key_id")
        .ListAsync(
            row => new AccessKey(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
                row.Nullable<DateTimeOffset?>(5), row.Nullable<DateTimeOffset?>(6)),
            cancellationToken);

    /// <summary>Revokes a key for ever; running services notice within seconds.</summary>
    /// <exception cref="AccessRefusedException">No key of this name holds.</exception>
    public async Task RevokeAsync(string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await database.Sql("update eod.access_key set revoked_at = $2 where name = $1 and revoked_at is null", name, now)
            .RunAsync(cancellationToken) == 0)
        {
            throw new AccessRefusedException($"No key '{name}' holds; 'eod keys list' shows those that do.");
        }
    }

    /// <summary>Notes that these keys were used in this hour.</summary>
    public Task NoteUseAsync(long[] keys, DateTimeOffset hour, CancellationToken cancellationToken) => database.Sql(
        "update eod.access_key set last_used_at = $2 where key_id = any($1) and (last_used_at is null or last_used_at < $2)", keys, hour)
        .RunAsync(cancellationToken);
}
