using System.Text;
using System.Text.RegularExpressions;

namespace EodPredict.Providers.Replies;

/// <summary>
/// The beginning of what a provider wrote, fit to be shown: no key, no address, no control characters, at most 80 characters.
/// </summary>
internal static partial class Excerpt
{
    private const int Longest = 80;
    private const int Searched = 4096;

    /// <summary>Quoted; "nothing" where there is nothing to quote.</summary>
    public static string Of(ReadOnlyMemory<byte> body, ProviderKey key) =>
        Of(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, Searched)]), key);

    /// <inheritdoc cref="Of(ReadOnlyMemory{byte}, ProviderKey)"/>
    public static string Of(string text, ProviderKey key)
    {
        var window = text.Length > Searched ? text[..Searched] : text;
        var plain = Spaces().Replace(Address().Replace(key.Redact(window), "(address)"), " ").Trim();

        // A key cut in two by the end of the window would not be recognised.
        var longestKey = Math.Max(key.Value.Length, Uri.EscapeDataString(key.Value).Length);
        if (window.Length >= Searched - 3) plain = plain[..Math.Max(0, plain.Length - longestKey)];
        if (plain.Length == 0) return "nothing";

        if (plain.Length > Longest) plain = plain[..(char.IsHighSurrogate(plain[Longest - 2]) ? Longest - 2 : Longest - 1)] + "…";
        return $"\"{plain}\"";
    }

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://\S*|/\S*\?\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"[\s\p{C}\uFFFD]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
