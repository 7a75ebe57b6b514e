using EodPredict.Providers.Configuration;

namespace EodPredict.Scraping.Http;

/// <summary>An address with a place <c>{id}</c>, and <c>{env:VARIABLE}</c> where a key has to stand in it.</summary>
internal sealed class ItemAddress
{
    private const string Place = "{id}";

    private readonly string[] _parts;

    private ItemAddress(string resolved) => _parts = resolved.Split(Place);

    /// <summary>Whether a text can be such an address; if not, what is wrong with it.</summary>
    public static string? Fault(string text)
    {
        var plain = EnvironmentReference.ReplaceIn(text, "{key}");
        var filled = plain.Replace(Place, "1", StringComparison.Ordinal).Replace("{key}", "k", StringComparison.Ordinal);
        return !text.Contains(Place, StringComparison.Ordinal) ? "the address needs {id} where each id goes"
            : filled.Contains('{', StringComparison.Ordinal) ? "the places of an address are {id} and {env:VARIABLE}"
            : !Uri.TryCreate(filled, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
                || address.UserInfo.Length > 0
                || address.Fragment.Length > 0 ? "the address has to begin with http:// or https://, without user name and fragment"
            : plain.IndexOf('{', StringComparison.Ordinal) < plain.IndexOf('/', plain.IndexOf("://", StringComparison.Ordinal) + 3)
                ? "{id} and {env:VARIABLE} come after the host"
            : SecretPlaces.HoldsAKey(plain)
                ? "the address holds a key, which would be stored: put it into an environment variable and write {env:VARIABLE}"
            : null;
    }

    /// <summary>What has the limit: the address without its query.</summary>
    public static string Endpoint(string text) => text.Split('?')[0];

    /// <summary>Reads an address without fault; keys are taken from the environment.</summary>
    /// <exception cref="ScrapeRefusedException">A variable is not set.</exception>
    public static ItemAddress Resolve(string text) => new(EnvironmentReference.ResolveIn(text));

    public Uri Build(string id) => new(string.Join(Uri.EscapeDataString(id), _parts), UriKind.Absolute);
}
