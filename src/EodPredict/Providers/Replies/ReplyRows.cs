namespace EodPredict.Providers.Replies;

/// <summary>The rows found in a body.</summary>
internal sealed record ReplyRows
{
    public IReadOnlyList<ReplyRow> Rows { get; init; } = [];

    /// <summary>Why the body could not be read at all.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What was looked for and is not there, where even the place of the rows is missing.</summary>
    public string? Absent { get; init; }
}
