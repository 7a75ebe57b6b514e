using System.Diagnostics.Metrics;
using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping;

/// <summary>Counts what this process has scraped. Safe for any thread.</summary>
internal static class ScrapeMeter
{
    private static readonly Meter Meter = new("eod.scrape");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "attempts_total", description: "Requests that this process sent while scraping, by outcome (accepted, refused, failed).");

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "items_total", description: "Items that this process ended, by end (stored, failed).");

    public static void Count(AttemptOutcome outcome) => Attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        AttemptOutcome.Accepted => "accepted",
        AttemptOutcome.Refused => "refused",
        _ => "failed",
    }));

    public static void CountItem(string end) => Items.Add(1, new KeyValuePair<string, object?>("end", end));
}
