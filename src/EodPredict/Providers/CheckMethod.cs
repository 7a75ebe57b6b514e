namespace EodPredict.Providers;

/// <summary>How the service asks whether the data has arrived.</summary>
public enum CheckMethod
{
    /// <summary>The expensive request that brings the data itself.</summary>
    Get,

    /// <summary>A HEAD on the same address: a cheap signal.</summary>
    Head,

    /// <summary>A status page that tells of one ticker or of the whole dataset: a cheap signal.</summary>
    Page,
}
