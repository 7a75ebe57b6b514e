using System.IO.Compression;

namespace EodPredict.Providers.Http;

/// <summary>Reads bodies, decompressed, and never more of one than is wanted.</summary>
internal static class ReplyBody
{
    /// <summary>What <see cref="ReadAsync"/> can undo.</summary>
    public const string Encodings = "gzip, deflate, br";

    /// <summary>Null where the body is longer than <paramref name="most"/> bytes; the rest of it is left unread.</summary>
    /// <exception cref="InvalidDataException">It is compressed in a way that was not asked for, or not validly.</exception>
    public static async Task<byte[]?> ReadAsync(HttpContent content, long most, CancellationToken cancellationToken)
    {
        await using var wire = await content.ReadAsStreamAsync(cancellationToken);
        await using var plain = Decompressed(wire, content.Headers.ContentEncoding);
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await plain.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > most) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>The plain bytes of a body.</summary>
    /// <exception cref="InvalidDataException">It is compressed in a way that was not asked for.</exception>
    public static Stream Decompressed(Stream wire, ICollection<string> encodings) => encodings.LastOrDefault()?.ToLowerInvariant() switch
    {
        _ when encodings.Count > 1 => throw new InvalidDataException("The reply is compressed more than once."),
        null or "identity" => wire,
        "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress),
        "deflate" => new ZLibStream(wire, CompressionMode.Decompress),
        "br" => new BrotliStream(wire, CompressionMode.Decompress),
        _ => throw new InvalidDataException("The reply is compressed in a way that was not asked for."),
    };
}
