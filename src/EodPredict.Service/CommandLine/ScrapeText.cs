using System.Globalization;
using EodPredict.Scraping;

namespace EodPredict.Service.CommandLine;

/// <summary>Jobs and limits in words.</summary>
internal static class ScrapeText
{
    public static string Of(ScrapeStatus status)
    {
        var share = status.Attempts > 0 ? 100.0 * status.Refused / status.Attempts : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Name}: {(status.IsRunning ? "running" : status.State)}; {status.Stored} of {status.Items} items stored, "
            + $"{status.Failed} failed, {status.Left} to go; "
            + $"{status.Attempts} requests in {status.Seconds:0.#} s, {status.Refused} refused ({share:0.##}%).")
            + (status.StoppedBecause is { } reason ? $" Stopped: {reason}" : "")
            + (status.StartsBecause is { } because ? $" {because}" : "");
    }

    public static string Of(LimitEstimate limit)
    {
        var report = LimitReport.Of(limit);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The server seems to bear {report.RatePerSecond:0.##}/s")
            + (limit.Shape == LimitShape.Unknown ? " or more; too little was refused to tell its limit."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $", as {report.Shape.Replace('_', ' ')} over {report.WindowSeconds:0.##} s (confidence {report.Confidence:0.##})."))
            + (report.Concurrency is { } most ? string.Create(CultureInfo.InvariantCulture, $" It serves {most} at a time.") : "");
    }

    /// <summary>A time as people say it.</summary>
    public static string Of(TimeSpan left) =>
        left.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalDays:0.#} days")
        : left.TotalHours >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalHours:0.#} h")
        : left.TotalMinutes >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:0} s");
}
