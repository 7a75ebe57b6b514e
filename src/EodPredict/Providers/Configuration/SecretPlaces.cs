using System.Text.RegularExpressions;

namespace EodPredict.Providers.Configuration;

/// <summary>Where people put keys although only <c>{key}</c> should stand there.</summary>
internal static partial class SecretPlaces
{
    /// <summary>What to tell who uses a key without saying where it comes from.</summary>
    public const string NameIt = "Name the environment variable that holds the key in the provider's KeyFromEnvironment.";

    /// <summary>What to tell who wrote a key into the configuration.</summary>
    public const string NotHere = "A key is never written into the configuration: put {key} here. " + NameIt;

    public static bool IsNamedLikeASecret(string name) => Named().IsMatch(name);

    /// <summary>Whether a query of the address gives a key in clear.</summary>
    public static bool HoldsAKey(string address) => Queries().Matches(address)
        .Any(query => IsNamedLikeASecret(query.Groups["name"].Value) && query.Groups["value"].Value is not ("" or "{key}"));

    /// <summary>The address with the values of its query left out, unless they are places.</summary>
    public static string Shown(string address) => Queries().Replace(
        address, query => query.Groups["value"].Value.StartsWith('{') ? query.Value : $"{query.Groups["lead"]}{query.Groups["name"]}=…");

    [GeneratedRegex(
        "api[_-]?key|token|secret|password|passwd|authorization|^key$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("(?<lead>[?&])(?<name>[^=&?]*)=(?<value>[^&]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Queries();
}
