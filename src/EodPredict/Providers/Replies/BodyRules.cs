namespace EodPredict.Providers.Replies;

/// <summary>Where the rows are in a body of one format.</summary>
internal abstract record BodyRules
{
    /// <summary>
    /// Never throws for what the body holds. Where reading can take long, it gives up when <paramref name="stop"/> says so.
    /// </summary>
    public abstract ReplyRows Read(ReadOnlyMemory<byte> body, ReplyQuestion question, DateRule? dates, CancellationToken stop);
}
