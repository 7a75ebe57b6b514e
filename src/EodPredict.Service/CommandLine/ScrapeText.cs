using System.Globalization;
using EodPredict.Scraping;
using EodPredict.Scraping.Limit;
using Spectre.Console;

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

    /// <summary>How far a job is, and why items failed.</summary>
    public static void Write(IAnsiConsole to, ScrapeStatus status, IEnumerable<(string Reason, long Items)> failures)
    {
        FactList.Write(to, Facts(status));
        var table = new FactTable(FactColumn.Number("failed"), "because");
        foreach (var (reason, items) in failures)
        {
            table.Add(new FactCell(string.Create(CultureInfo.InvariantCulture, $"{items}"), Color.Red), reason);
        }

        if (status.Failed > 0)
        {
            table.Write(to);
        }
    }

    /// <summary>How far a running job is, in a line.</summary>
    public static string Of(ScrapeProgress progress)
    {
        var speed = progress.PerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"{progress.PerSecond:0.0}/s, ") : "";
        var end = progress.Trouble ?? (progress.Left is { } left ? $"about {Of(left)} left" : "too soon to tell the end");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Stored} of {progress.Items} stored, {progress.Failed} failed; {speed}{progress.InFlight} in flight, "
            + $"{progress.Refused} refused; {end}");
    }

    private static IEnumerable<(string, FactCell)> Facts(ScrapeStatus status)
    {
        yield return ("job", status.Name);
        yield return ("state", new FactCell(status.IsRunning ? "running" : status.State, status.Left == 0 ? Color.Green : null));
        yield return ("items", Text($"{status.Stored} of {status.Items} stored, {status.Failed} failed, {status.Left} to go"));
        yield return ("requests", Text($"{status.Attempts} in {status.Seconds:0.#} s, {status.Refused} refused"));
        if (status.StoppedBecause is { } reason)
        {
            yield return ("stopped because", new FactCell(reason, Color.Yellow));
        }

        if (status.StartsBecause is { } because)
        {
            yield return ("starts", because);
        }
    }

    private static FactCell Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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
