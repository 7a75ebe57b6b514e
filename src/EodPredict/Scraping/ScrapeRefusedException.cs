namespace EodPredict.Scraping;

/// <summary>A scrape cannot do what was asked; the message says why and what to do, and holds no secret.</summary>
public sealed class ScrapeRefusedException(string message) : Exception(message);
