using EodPredict.Scraping;

namespace EodPredict.Service.CommandLine;

/// <summary>What <c>eod scrape</c> is told besides the job.</summary>
/// <param name="Ids">The ids; null where they are in a file.</param>
/// <param name="File">The file of ids.</param>
/// <param name="Report">Where the figures are written; null: nowhere.</param>
/// <param name="AsJson">Whether the figures are written to standard output as well, and all else to standard error.</param>
internal sealed record ScrapeCommandOptions(IdRange? Ids, string? File, string? Report, bool AsJson);
