namespace EodPredict.Scraping.Storage;

/// <summary>Attempts that were made and not committed yet.</summary>
/// <param name="Attempts">Requests sent that have ended.</param>
/// <param name="Refused">Those that the server refused.</param>
internal readonly record struct AttemptCount(long Attempts, long Refused);
