namespace EodPredict.Providers;

/// <summary>The fact that one call to a provider left. Holds no secret and no address.</summary>
public sealed record Observation
{
    public required string Dataset { get; init; }

    /// <summary>Null where the call was for the whole dataset, as a status page can be.</summary>
    public string? Ticker { get; init; }

    public DateOnly? SessionDate { get; init; }

    public required CheckMethod Method { get; init; }

    public required ReplyOutcome Outcome { get; init; }

    /// <summary>Why the reply was classified so, in words that a person understands.</summary>
    public required string Reason { get; init; }

    /// <summary>When the call was sent, on the service's clock. "Not there" holds for this instant; so does "there".</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When the reply was read whole, or given up, on the service's clock.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The HTTP status; null where no reply came.</summary>
    public int? Status { get; init; }

    public long? ContentLength { get; init; }

    public string? EntityTag { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The newest session date found in the reply.</summary>
    public DateOnly? DataDate { get; init; }

    /// <summary>How long the provider asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the provider itself failed, whatever it was asked for: no reply, or a fault of its server (5xx).</summary>
    public bool IsProviderFault => Outcome == ReplyOutcome.Broken && Status is null or >= 500;
}
