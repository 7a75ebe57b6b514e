using System.Text;

namespace EodPredict.Providers.Replies;

/// <summary>
/// Brings JSON as it is written in the field into the form that parsers take: no byte order mark, null for a bare NaN or Infinity.
/// </summary>
internal static class LenientJson
{
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble)) body = body[Encoding.UTF8.Preamble.Length..];
        if (body.Span.IndexOf("NaN"u8) < 0 && body.Span.IndexOf("Infinity"u8) < 0) return body;

        var text = body.Span;
        var cleaned = new List<byte>(text.Length + 16);
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var word = quoted ? 0 : NoNumber(text[i..]);
            if (word > 0)
            {
                cleaned.AddRange("null"u8);
                i += word - 1;
                continue;
            }

            cleaned.Add(text[i]);
            if (text[i] == '"') quoted = !quoted;
            else if (quoted && text[i] == '\\' && i + 1 < text.Length) cleaned.Add(text[++i]);
        }

        return cleaned.ToArray();
    }

    private static int NoNumber(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
}
