using System.Globalization;
using NodaTime;

namespace EodPredict.Providers.Replies;

/// <summary>How session dates are written.</summary>
internal sealed record DateRule
{
    /// <summary>A .NET date format; null for 2026-01-31 (whatever follows), 20260131, and seconds or milliseconds since 1970.</summary>
    public string? Format { get; init; }

    /// <summary>The zone in which seconds and milliseconds since 1970 are turned into a date.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    public DateMatch Match { get; init; }

    /// <summary>The date that <paramref name="text"/> tells; null where it tells none.</summary>
    public DateOnly? Read(string? text)
    {
        if (text is null) return null;

        text = text.Trim();
        if (Format is not null)
        {
            return DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)
                ? DateOnly.FromDateTime(exact) : null;
        }

        if (text.Length >= 10 && Parse(text[..10], "yyyy-MM-dd") is { } date) return date;
        if (text.Length == 8 && Parse(text, "yyyyMMdd") is { } compact) return compact;
        return text.Length is 10 or 13 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var since1970)
            ? (text.Length == 10 ? Instant.FromUnixTimeSeconds(since1970) : Instant.FromUnixTimeMilliseconds(since1970))
                .InZone(Zone).Date.ToDateOnly()
            : null;
    }

    private static DateOnly? Parse(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
