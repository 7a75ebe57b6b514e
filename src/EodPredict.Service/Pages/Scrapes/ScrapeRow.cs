using EodPredict.Scraping;

namespace EodPredict.Service.Pages.Scrapes;

/// <summary>One scraping job.</summary>
/// <param name="Status">How far it is.</param>
/// <param name="Endpoint">The address without its query.</param>
/// <param name="Recent">What its endpoint served in the last full minute, a second; null: nothing was asked.</param>
/// <param name="LimitPerSecond">The endpoint's limit as it was last learned; null: not known.</param>
/// <param name="Failures">Why items failed, the most frequent reasons first.</param>
public sealed record ScrapeRow(
    ScrapeStatus Status, string Endpoint, double? Recent, double? LimitPerSecond, IReadOnlyList<(string Reason, long Items)> Failures)
{
    /// <summary>Items stored a second: lately, or over all its runs.</summary>
    public double? PerSecond => Recent ?? (Status.Seconds > 0 ? Status.Stored / Status.Seconds : null);

    /// <summary>How long the rest takes at that pace; null while it does not run, or nobody can tell.</summary>
    public TimeSpan? TimeLeft => Status.IsRunning && PerSecond is > 0 and var pace
        ? TimeSpan.FromSeconds(Math.Min(Status.Left / pace, TimeSpan.FromDays(3650).TotalSeconds)) : null;
}
