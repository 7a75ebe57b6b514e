namespace EodPredict.Scraping;

/// <summary>A job as it was asked for. It is known by its name; asked for again under it, it goes on.</summary>
public sealed record ScrapeJob
{
    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>With <c>{id}</c> where each id goes and <c>{env:VARIABLE}</c> where a key has to stand.</summary>
    public required string Url { get; init; }

    /// <summary><c>Name: value</c> or <c>Name: env:VARIABLE</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The most requests per second; null: no bound.</summary>
    public double? MaxPace { get; init; }

    /// <summary>The most requests in flight; null: no bound.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>When it has to be done, so that until then it may wait for windows that bear more; null: no such instant.</summary>
    public DateTimeOffset? FinishBy { get; init; }

    /// <summary>Whether it may wait for better windows of the next days, though nothing says when it has to be done.</summary>
    public bool AnyTime { get; init; }

    /// <summary>Whether it need not run at once.</summary>
    public bool CanWait => AnyTime || FinishBy is not null;

    /// <summary>Whether the service runs it, and not a command.</summary>
    public bool IsServed { get; init; }
}
