using System.Globalization;

namespace EodPredict.Service.Pages;

/// <summary>How pages write instants, durations and numbers: always the same way, in UTC, without regard to culture.</summary>
public static class Shown
{
    /// <summary>Date and time to the minute.</summary>
    public static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time of day, with the weekday where that is another day than <paramref name="now"/>'s.</summary>
    public static string Near(DateTimeOffset instant, DateTimeOffset now) => instant.UtcDateTime.ToString(
        instant.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An instant for machines, as <c>time</c> elements hold it.</summary>
    public static string Machine(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units: <c>1 h 05 min</c>, <c>3 d 4 h</c>, <c>12 s</c>.</summary>
    public static string Span(TimeSpan span) => span < TimeSpan.Zero ? $"-{Span(-span)}" : span.TotalMinutes switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        < 24 * 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
    };

    public static string Minutes(double minutes) => Span(TimeSpan.FromMinutes(minutes));

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Number(double number) => Math.Abs(number) switch
    {
        >= 1000 => number.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("0.#", CultureInfo.InvariantCulture),
        _ => number.ToString("0.###", CultureInfo.InvariantCulture),
    };

    public static string Percent(double share) => share.ToString("0.#%", CultureInfo.InvariantCulture);

    /// <summary>Any value of a table.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? Number(number) : "",
        long number => Count(number),
        int number => Count(number),
        DateOnly date => Date(date),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>"1 ticker", "12 tickers".</summary>
    public static string Of(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
