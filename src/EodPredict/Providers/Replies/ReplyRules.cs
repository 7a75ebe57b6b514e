namespace EodPredict.Providers.Replies;

/// <summary>How the replies of one address are read.</summary>
internal sealed record ReplyRules
{
    /// <summary>Statuses that mean the same whatever the body says, unless one of <see cref="Patterns"/> matches it.</summary>
    public required IReadOnlyDictionary<int, ReplyOutcome> Statuses { get; init; }

    /// <summary>In order; the first that matches the body decides. Data that is there and whole is not searched.</summary>
    public required IReadOnlyList<ReplyPattern> Patterns { get; init; }

    /// <summary>Where in the body the rows are; null where any body of a good status is the data.</summary>
    public BodyRules? Body { get; init; }

    /// <summary>How rows tell their session date; null where they are not asked.</summary>
    public DateRule? Dates { get; init; }

    /// <summary>What it means that the place of the rows is not there at all. An empty place means "not yet".</summary>
    public ReplyOutcome AbsentRows { get; init; } = ReplyOutcome.Broken;
}
