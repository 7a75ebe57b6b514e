using EodPredict.Scraping;

namespace EodPredict.Service.Scraping;

/// <summary>All scraping jobs.</summary>
/// <param name="Scrapes">How far each is.</param>
internal sealed record ScrapeList(IReadOnlyList<ScrapeStatus> Scrapes);
