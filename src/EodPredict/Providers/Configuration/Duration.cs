using System.Globalization;
using System.Text.RegularExpressions;

namespace EodPredict.Providers.Configuration;

/// <summary>Durations as people write them: 48h, 90m, 30s, 250ms, 2d, 1h30m, or 01:30:00.</summary>
public static partial class Duration
{
    /// <summary>What to tell who wrote something else.</summary>
    public const string Allowed = "a duration such as 48h, 90m, 30s, 1h30m or 01:30:00";

    /// <summary>Reads a duration of zero or more. A number without unit is none: nobody could tell what it means.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is null) return false;

        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["hh\\:mm", "hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFFF", "d\\.hh\\:mm\\:ss"],
                CultureInfo.InvariantCulture, out duration);
        }

        var parts = Parts().Match(text);
        if (!parts.Success) return false;

        var seconds = 0.0;
        for (var i = 0; i < parts.Groups["number"].Captures.Count; i++)
        {
            seconds += double.Parse(parts.Groups["number"].Captures[i].ValueSpan, CultureInfo.InvariantCulture)
                * Seconds(parts.Groups["unit"].Captures[i].Value);
        }

        if (seconds > TimeSpan.FromDays(3650).TotalSeconds) return false;

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double Seconds(string unit) => unit switch
    {
        "d" => 86_400,
        "h" => 3_600,
        "m" => 60,
        "ms" => 0.001,
        _ => 1,
    };

    [GeneratedRegex(
        @"^((?<number>\d{1,9}(\.\d{1,9})?)(?<unit>d|h|ms|m|s))+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
