namespace EodPredict.Scraping;

/// <summary>How fast items end lately, and so how long the rest will take. Not thread-safe.</summary>
internal sealed class EndEstimate
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);

    private readonly Queue<(TimeSpan At, long Ended)> _seen = new();

    /// <summary>Items per second over the last half minute; 0 while it is too soon to tell.</summary>
    public double PerSecond { get; private set; }

    /// <summary>Notes how many items have ended by now.</summary>
    public void Add(TimeSpan now, long ended)
    {
        _seen.Enqueue((now, ended));
        while (now - _seen.Peek().At > Recent)
        {
            _seen.Dequeue();
        }

        var (since, before) = _seen.Peek();
        PerSecond = now - since >= TooSoon ? (ended - before) / (now - since).TotalSeconds : 0;
    }

    /// <summary>How long the rest takes if that goes on; null where nobody can tell.</summary>
    public TimeSpan? Left(long items) =>
        PerSecond > 0 ? TimeSpan.FromSeconds(Math.Min(items / PerSecond, TimeSpan.FromDays(3650).TotalSeconds)) : null;
}
