using System.IO.Compression;
using System.Security.Cryptography;
using EodPredict.Database;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>What was received: every version of it, compressed, none ever overwritten. Safe for concurrent use.</summary>
public sealed class PayloadStore(NpgsqlDataSource database)
{
    /// <summary>Keeps a body inside the caller's transaction, as the next version, unless it is the same as one that is there.</summary>
    /// <returns>The version that was made, from 1; null when nothing was new.</returns>
    public static async Task<int?> KeepAsync(
        NpgsqlConnection connection, string dataset, string ticker, DateOnly sessionDate, ReadOnlyMemory<byte> body, string? contentType,
        DateTimeOffset receivedAt, long observationId, CancellationToken cancellationToken)
    {
        // The session's row is locked by whoever checks it, so no two versions are counted at a time.
        const string Insert = """
            insert into eod.payload (dataset, ticker, session_date, version, sha256, length, content_type, body, received_at, observation_id)
            select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8, $9
            from eod.payload where dataset = $1 and ticker = $2 and session_date = $3
            on conflict (dataset, ticker, session_date, sha256) do nothing
            returning version
            """;
        return await connection.Sql(
            Insert, dataset, ticker, sessionDate, SHA256.HashData(body.Span), (long)body.Length, contentType, Compress(body.Span), receivedAt, observationId)
            .FirstAsync<int?>(cancellationToken);
    }

    /// <summary>The body as it came, or null where that version does not exist.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="ticker">The ticker.</param>
    /// <param name="sessionDate">The session date.</param>
    /// <param name="version">From 1; null is the newest.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<byte[]?> ReadAsync(string dataset, string ticker, DateOnly sessionDate, int? version, CancellationToken cancellationToken)
    {
        const string Select = """
            select body from eod.payload
            where dataset = $1 and ticker = $2 and session_date = $3 and ($4::integer is null or version = $4)
            order by version desc limit 1
            """;
        var body = await database.Sql(Select, dataset, ticker, sessionDate, version).FirstAsync<byte[]>(cancellationToken);
        return body is null ? null : Decompress(body);
    }

    private static byte[] Compress(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            brotli.Write(body);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] body)
    {
        using var brotli = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}
