using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EodPredict.Providers;

/// <summary>
/// An address with places for what changes from call to call: <c>{ticker}</c>, <c>{ticker:path}</c> (keeps its slashes),
/// <c>{date}</c> (2026-01-31), <c>{date:yyyyMMdd}</c> and <c>{key}</c>.
/// </summary>
internal sealed partial class UrlTemplate
{
    private readonly IReadOnlyList<(string Literal, string? Place, string Format)> _parts;

    private UrlTemplate(IReadOnlyList<(string, string?, string)> parts) => _parts = parts;

    public bool NamesTicker => _parts.Any(part => part.Place == "ticker");

    public bool NamesKey => _parts.Any(part => part.Place == "key");

    /// <summary>
    /// Reads a template, put behind <paramref name="baseAddress"/> unless it is a whole address itself; where it cannot be one,
    /// <paramref name="fault"/> says what is allowed.
    /// </summary>
    public static UrlTemplate? Parse(string? baseAddress, string text, out string? fault)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) || string.IsNullOrEmpty(baseAddress)
            ? text
            : $"{baseAddress.TrimEnd('/')}/{text.TrimStart('/')}";
        var scheme = whole.IndexOf("://", StringComparison.Ordinal);
        var authorityEnd = scheme < 0 ? 0 : whole.IndexOf('/', scheme + 3);
        var parts = new List<(string, string?, string)>();
        var next = 0;
        foreach (Match place in Place().Matches(whole))
        {
            parts.Add((whole[next..place.Index], place.Groups["name"].Value, place.Groups["format"].Value));
            next = place.Index + place.Length;
            if (place.Index < authorityEnd || authorityEnd < 0)
            {
                fault = "places such as {ticker} come after the host";
                return null;
            }
        }

        parts.Add((whole[next..], null, ""));
        var template = new UrlTemplate(parts);
        fault = parts.Any(part => part.Item1.AsSpan().ContainsAny('{', '}')) || parts.Any(part => !IsKnown(part.Item2, part.Item3))
            ? "its places are {ticker}, {ticker:path}, {date}, {date:yyyyMMdd} and {key}"
            : !template.IsAddress()
            ? "a whole address that begins with https:// or http://, without user name and fragment; or a path where BaseAddress is given"
            : null;
        return fault is null ? template : null;
    }

    public Uri Build(string ticker, DateOnly date, ProviderKey key)
    {
        var text = new StringBuilder();
        foreach (var (literal, place, format) in _parts)
        {
            text.Append(literal);
            text.Append((place, format) switch
            {
                ("ticker", "path") => string.Join('/', ticker.Split('/').Select(Uri.EscapeDataString)),
                ("ticker", _) => Uri.EscapeDataString(ticker),
                ("date", "") => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ("date", _) => Uri.EscapeDataString(date.ToString(format, CultureInfo.InvariantCulture)),
                ("key", _) => Uri.EscapeDataString(key.Value),
                _ => "",
            });
        }

        return new Uri(text.ToString(), UriKind.Absolute);
    }

    private static bool IsKnown(string? place, string format) => place switch
    {
        null => true,
        "ticker" => format is "" or "path",
        "date" => IsDateFormat(format),
        "key" => format.Length == 0,
        _ => false,
    };

    private static bool IsDateFormat(string format)
    {
        if (format.Length == 0) return true;

        // A format of one letter is a standard one, which means something else.
        if (format.Length == 1) return false;

        try
        {
            return DateOnly.MinValue.ToString(format, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool IsAddress()
    {
        try
        {
            return Build("T", new DateOnly(2026, 1, 31), ProviderKey.None) is { Scheme: "http" or "https", UserInfo: "", Fragment: "" };
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\{(?<name>[^{}:]*)(:(?<format>[^{}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
