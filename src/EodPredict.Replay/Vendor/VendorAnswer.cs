namespace EodPredict.Replay.Vendor;

/// <summary>A reply before it is sent.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole body.</param>
/// <param name="ContentType">The type of the body.</param>
internal sealed record VendorAnswer(int Status, byte[] Body, string ContentType)
{
    /// <summary>The entity tag, quotation marks included; null sends none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>When the newest row of the body was published; null sends nothing.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether the body holds the whole row that was asked for.</summary>
    public bool Found { get; init; }
}
