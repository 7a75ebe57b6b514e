using EodPredict.Providers.Replies;

namespace EodPredict.Providers;

/// <summary>Where a dataset is asked and how its replies are read.</summary>
internal sealed class DatasetAccess
{
    public required ProviderAccess Provider { get; init; }

    public required UrlTemplate Get { get; init; }

    public required ReplyRules GetRules { get; init; }

    /// <summary>Null where HEAD is not asked.</summary>
    public UrlTemplate? Head { get; init; }

    /// <summary>What in the reply to a HEAD tells that the data is there.</summary>
    public HeadSign HeadSign { get; init; }

    /// <summary>Null where there is no status page.</summary>
    public UrlTemplate? Page { get; init; }

    public ReplyRules? PageRules { get; init; }
}
