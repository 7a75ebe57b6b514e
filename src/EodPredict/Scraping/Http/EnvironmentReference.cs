using System.Text.RegularExpressions;

namespace EodPredict.Scraping.Http;

/// <summary>
/// Secrets are named by the environment variable that holds them: <c>env:VARIABLE</c> in a header, <c>{env:VARIABLE}</c> in an address.
/// </summary>
internal static partial class EnvironmentReference
{
    public const string Prefix = "env:";

    /// <summary>The value of a variable.</summary>
    /// <exception cref="ScrapeRefusedException">It is not set.</exception>
    public static string Resolve(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new ScrapeRefusedException($"The environment variable {variable} is not set: it holds what the server knows us by.");

    /// <summary>The address with the values of its variables, escaped.</summary>
    /// <inheritdoc cref="Resolve" path="/exception"/>
    public static string ResolveIn(string address) =>
        Place().Replace(address, place => Uri.EscapeDataString(Resolve(place.Groups["variable"].Value)));

    /// <summary>The address with <paramref name="instead"/> for its variables.</summary>
    public static string ReplaceIn(string address, string instead) => Place().Replace(address, instead);

    [GeneratedRegex(@"\{env:(?<variable>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
