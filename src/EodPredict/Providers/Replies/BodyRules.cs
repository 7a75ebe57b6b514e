namespace EodPredict.Providers.Replies;

/// <summary>Where the rows are in a body of one format.</summary>
internal abstract record BodyRules
{
    /// <summary>Never throws for what the body holds.</summary>
    public abstract ReplyRows Read(ReadOnlyMemory<byte> body, ReplyQuestion question, DateRule? dates);
}
