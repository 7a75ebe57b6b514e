namespace EodPredict.Scraping;

/// <summary>The states of a job, as they stand in the database and in replies.</summary>
public static class ScrapeStates
{
    public const string Open = "open";

    /// <summary>Stopped by hand; goes on when it is resumed.</summary>
    public const string Paused = "paused";

    /// <summary>Ended by hand; what was stored stays.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Every item is stored or has failed.</summary>
    public const string Done = "done";
}
