using System.Globalization;
using System.Text.RegularExpressions;
using EodPredict.Providers.Replies;
using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Http;

/// <summary>
/// What a reply's headers say about the limit: Retry-After, RateLimit and RateLimit-Policy as the IETF's drafts have them, RateLimit-* and
/// X-RateLimit-* as servers write them. Pure; what cannot be read is left out.
/// </summary>
internal static partial class LimitHeaders
{
    // Seconds beyond this are an instant since 1970, and beyond that one in milliseconds.
    private const double LeastEpochSeconds = 1e9;
    private const double LeastEpochMilliseconds = 1e12;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private static readonly (string Suffix, TimeSpan Window)[] Units =
    [
        ("Second", TimeSpan.FromSeconds(1)), ("Minute", TimeSpan.FromMinutes(1)),
        ("Hour", TimeSpan.FromHours(1)), ("Day", TimeSpan.FromDays(1)),
    ];

    /// <summary>Whether a header of this name is one of those that are read.</summary>
    public static bool Tells(string name) =>
        name.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Rate", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads them.</summary>
    /// <param name="header">A header's value by its name, several joined by commas; null where it is missing.</param>
    /// <param name="now">The instant at which the reply was made, on the server's clock where it tells it.</param>
    public static LimitHint Read(Func<string, string?> header, DateTimeOffset now)
    {
        // Of several the shortest is what the pace has to keep to; a long quota is found when it is used up.
        string[] policies = ["RateLimit-Policy", "RateLimit-Limit", "X-RateLimit-Limit"];
        var policy = policies.SelectMany(name => Policies(header(name))).Concat(Counted(header))
            .OrderBy(policy => policy.Window).FirstOrDefault();
        var limit = header("RateLimit") is { } text ? Parts(text) : [];
        var reset = limit.GetValueOrDefault("reset") ?? limit.GetValueOrDefault("t") ?? header("X-RateLimit-Reset-After");
        return new LimitHint(
            RetryAfter.Read(header("Retry-After"), now),
            Number(limit.GetValueOrDefault("remaining") ?? limit.GetValueOrDefault("r") ?? First(header, "Remaining")),
            Wait(reset ?? First(header, "Reset"), now),
            policy.Quota > 0 ? policy.Quota : Number(limit.GetValueOrDefault("limit") ?? First(header, "Limit")),
            policy.Window > TimeSpan.Zero ? policy.Window : null);
    }

    // RateLimit-Policy: "burst";q=100;w=60, 1000;w=3600
    private static IEnumerable<(double Quota, TimeSpan Window)> Policies(string? text) =>
        from item in (text ?? "").Split(',')
        let parts = Parts(item)
        let quota = Number(parts.GetValueOrDefault("q") ?? parts.GetValueOrDefault(""))
        let window = Number(parts.GetValueOrDefault("w") ?? parts.GetValueOrDefault("window"))
        where quota > 0 && window > 0 && window <= Longest.TotalSeconds
        select (quota.Value, TimeSpan.FromSeconds(window.Value));

    // X-RateLimit-Limit-Minute: 60
    private static IEnumerable<(double Quota, TimeSpan Window)> Counted(Func<string, string?> header) =>
        from unit in Units
        let quota = Number(header($"X-RateLimit-Limit-{unit.Suffix}"))
        where quota > 0
        select (quota.Value, unit.Window);

    private static string? First(Func<string, string?> header, string what) =>
        (header($"RateLimit-{what}") ?? header($"X-RateLimit-{what}") ?? header($"X-Rate-Limit-{what}"))?.Split(',')[0].Split(';')[0];

    // Names and values of one item: limit=100, remaining=50, or "default";r=50;t=30, or 100;w=60, whose first value has no name.
    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            parts.TryAdd(at < 0 ? "" : part[..at].TrimEnd(), part[(at + 1)..].Trim(' ', '"'));
        }

        return parts;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) ? number : null;

    // Seconds from now, or an instant in seconds or milliseconds since 1970, or 6m0s, or a date.
    private static TimeSpan? Wait(string? text, DateTimeOffset now)
    {
        if (Number(text) is { } number)
        {
            var seconds = number < LeastEpochSeconds ? number
                : (number < LeastEpochMilliseconds ? number : number / 1000) - (now.ToUnixTimeMilliseconds() / 1000.0);
            return Bounded(seconds);
        }

        if (text is not null && Spelled().Match(text.Trim()) is { Success: true, Length: > 0 } spelled)
        {
            return Bounded(
                (Amount(spelled, "h") * 3600) + (Amount(spelled, "m") * 60) + Amount(spelled, "s") + (Amount(spelled, "ms") / 1000));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? Bounded((until - now).TotalSeconds) : null;
    }

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));

    private static double Amount(Match match, string group) => Number(match.Groups[group].Value) ?? 0;

    [GeneratedRegex(@"^((?<h>\d+)h)?((?<m>\d+)m(?!s))?((?<s>\d+(\.\d+)?)s)?((?<ms>\d+(\.\d+)?)ms)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Spelled();
}
