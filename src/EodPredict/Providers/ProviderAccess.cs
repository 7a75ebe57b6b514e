namespace EodPredict.Providers;

/// <summary>What all calls to one provider share.</summary>
internal sealed class ProviderAccess
{
    public required string Name { get; init; }

    public required ProviderKey Key { get; init; }

    /// <summary>Sent with every call; "{key}" stands for the key.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The most calls at a time.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>How long one call may take until its reply is read whole, on the wall clock.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Bodies longer than this are cut and not used.</summary>
    public required long MaxReplyBytes { get; init; }
}
