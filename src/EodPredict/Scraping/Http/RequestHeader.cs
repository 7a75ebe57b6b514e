using EodPredict.Providers.Configuration;

namespace EodPredict.Scraping.Http;

/// <summary>
/// A header that goes with each request, written <c>Name: value</c> or <c>Name: env:VARIABLE</c>. What is named like a secret is never kept
/// in clear.
/// </summary>
internal sealed class RequestHeader
{
    private readonly string _value;

    private RequestHeader(string name, string value) => (Name, _value) = (name, value);

    public string Name { get; }

    /// <summary>As it may be stored: a secret in clear is left out, and has to be given again.</summary>
    public string Stored => IsSecret ? $"{Name}:" : $"{Name}: {_value}";

    /// <summary>Whether its value was left out when it was stored.</summary>
    public bool IsMissing => _value.Length == 0;

    /// <summary>Whether its value is a secret in clear.</summary>
    public bool IsSecret => SecretPlaces.IsNamedLikeASecret(Name)
        && !_value.StartsWith(EnvironmentReference.Prefix, StringComparison.Ordinal);

    /// <summary>Null where the text is no header.</summary>
    public static RequestHeader? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        return name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && !text.AsSpan().ContainsAny('\r', '\n')
            ? new(name, text[(colon + 1)..].Trim()) : null;
    }

    /// <summary>The value to send.</summary>
    /// <exception cref="ScrapeRefusedException">Its variable is not set, or it was not given.</exception>
    public string Resolve() =>
        IsMissing
            ? throw new ScrapeRefusedException(
                $"The header {Name} holds a secret, which is not stored: give it again by --header, best as '{Name}: env:VARIABLE'.")
        : _value.StartsWith(EnvironmentReference.Prefix, StringComparison.Ordinal)
            ? EnvironmentReference.Resolve(_value[EnvironmentReference.Prefix.Length..])
        : _value;
}
