namespace EodPredict.Availability;

/// <summary>The kinds of jobs of this slice.</summary>
internal static class AvailabilityJobs
{
    /// <summary>Opens the sessions of a dataset that have closed; the id is the dataset's name.</summary>
    public const string Open = "open";

    /// <summary>Makes the planned check of a session; the id is the session's.</summary>
    public const string Check = "check";

    /// <summary>Tells the webhook of an arrival; the id is the session's and the version's, <c>12.1</c>.</summary>
    public const string Webhook = "webhook";

    /// <summary>Reads a found session once more, for a revision; the id is the session's.</summary>
    public const string Reread = "reread";
}
