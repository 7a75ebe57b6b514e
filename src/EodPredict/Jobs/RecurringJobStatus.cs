namespace EodPredict.Jobs;

/// <summary>A recurring job as people see it.</summary>
public sealed record RecurringJobStatus
{
    public required JobKey Key { get; init; }

    public required string Title { get; init; }

    /// <summary>Five fields.</summary>
    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>When it comes due next, on the service's clock; null where the engine does not know it yet.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Null: it is not paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public string? PausedBecause { get; init; }

    /// <summary>Null: it has not run yet.</summary>
    public RecurringJobRun? LastRun { get; init; }
}
