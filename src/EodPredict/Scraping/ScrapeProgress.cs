namespace EodPredict.Scraping;

/// <summary>How far a running job is.</summary>
/// <param name="Items">Ids that were given.</param>
/// <param name="Stored">Items whose data is there.</param>
/// <param name="Failed">Items that have failed.</param>
/// <param name="Refused">Requests refused in this run.</param>
/// <param name="PerSecond">Items that end per second, lately; 0 while it is too soon to tell.</param>
/// <param name="Aim">Requests per second that are aimed at; 0 while nothing is known of the limit.</param>
/// <param name="InFlight">Requests in flight.</param>
/// <param name="Left">How long the rest takes if it goes on so; null where nobody can tell.</param>
/// <param name="Trouble">Why nothing comes; null where something does.</param>
public sealed record ScrapeProgress(
    long Items, long Stored, long Failed, long Refused, double PerSecond, double Aim, int InFlight, TimeSpan? Left, string? Trouble);
