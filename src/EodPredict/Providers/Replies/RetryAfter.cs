using System.Globalization;

namespace EodPredict.Providers.Replies;

/// <summary>The header Retry-After (RFC 9110, 10.2.3): seconds, or an HTTP date.</summary>
internal static class RetryAfter
{
    /// <summary>No provider makes us wait longer than this before we look again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// How long to wait from <paramref name="now"/>, from 0 to <see cref="Longest"/>; null where the header says nothing.
    /// </summary>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        header = header?.Trim();
        if (string.IsNullOrEmpty(header)) return null;

        if (header.All(char.IsAsciiDigit))
        {
            return long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Longest;
        }

        if (!DateTimeOffset.TryParseExact(header, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)) return null;

        var wait = until - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }
}
