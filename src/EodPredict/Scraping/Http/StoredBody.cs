using EodPredict.Providers.Http;

namespace EodPredict.Scraping.Http;

/// <summary>Bodies as servers send them, compressed or not. Pure.</summary>
internal static class StoredBody
{
    /// <summary>The body in plain.</summary>
    /// <exception cref="InvalidDataException">It is not validly compressed, or in a way that is not known.</exception>
    public static byte[] Plain(byte[] body, string? encoding)
    {
        if (encoding is null)
        {
            return body;
        }

        using var plain = new MemoryStream();
        using var from = ReplyBody.Decompressed(new MemoryStream(body), [encoding]);
        from.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Whether the body in plain is no longer than <paramref name="most"/> bytes.</summary>
    /// <exception cref="InvalidDataException">It is not validly compressed, or in a way that was not asked for.</exception>
    public static bool IsWithin(byte[] body, ICollection<string> encodings, long most)
    {
        if (encodings.Count == 0)
        {
            return body.Length <= most;
        }

        using var from = ReplyBody.Decompressed(new MemoryStream(body), encodings);
        Span<byte> buffer = stackalloc byte[4096];
        var length = 0L;
        int read;
        while ((read = from.Read(buffer)) > 0 && length <= most)
        {
            length += read;
        }

        return length <= most;
    }
}
