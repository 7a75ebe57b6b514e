namespace EodPredict.Scraping.Sharing;

/// <summary>
/// The times by which processes share a limit. What a dead or paused one had is in use again after <see cref="Lease"/>, one exchange and
/// the switch to the new plan: less than 2 s.
/// </summary>
internal static class ShareTerms
{
    /// <summary>Between two exchanges with the database, whatever the rate.</summary>
    public static readonly TimeSpan BetweenExchanges = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two exchanges of the one that leads while it waits for what the others have out.</summary>
    public static readonly TimeSpan BetweenWaiting = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two exchanges where something cannot wait.</summary>
    public static readonly TimeSpan LeastBetween = TimeSpan.FromMilliseconds(25);

    /// <summary>How long an exchange entitles to a share, or to leading, by the database's clock.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(1300);

    /// <summary>A process without its lock on the database that has not been heard of for so long is dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(700);

    /// <summary>How long an attempt stays readable by the process that leads.</summary>
    public static readonly TimeSpan Readable = TimeSpan.FromSeconds(3);

    /// <summary>The share of its last pace that a process keeps whose lease has ended because the database is away.</summary>
    public const double Floor = 0.25;

    /// <summary>The least pace of such a process, in requests per second.</summary>
    public const double LeastFloor = 0.05;
}
