using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping;

/// <summary>How a run ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">Why it gave up; null where it did not.</param>
/// <param name="Limit">What the server seems to enforce.</param>
public sealed record ScrapeEnd(ScrapeEndKind Kind, string? Reason, LimitEstimate Limit);
