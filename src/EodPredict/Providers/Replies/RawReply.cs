namespace EodPredict.Providers.Replies;

/// <summary>What came over the wire, before anybody judged it.</summary>
internal sealed record RawReply
{
    /// <summary>Null where no reply came.</summary>
    public int? Status { get; init; }

    /// <summary>Why no whole reply came, in words; null where one did.</summary>
    public string? Fault { get; init; }

    /// <summary>Decompressed; empty where it did not come whole.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public Validators Validators { get; init; }

    /// <summary>The header Retry-After as it came.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The header Location as it came.</summary>
    public string? Location { get; init; }

    /// <summary>When the reply came, on the wall clock, which is the one that HTTP dates are read by.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}
