namespace EodPredict.Providers.Replies;

/// <summary>What in the reply to a HEAD tells that the data is there.</summary>
internal enum HeadSign
{
    /// <summary>HEAD is not asked.</summary>
    None,

    /// <summary>The status alone, as for a GET.</summary>
    Status,

    /// <summary>An ETag that was not seen while the data was known not to be there.</summary>
    EntityTag,

    /// <summary>A Content-Length that was not seen while the data was known not to be there.</summary>
    ContentLength,

    /// <summary>A Last-Modified that was not seen while the data was known not to be there.</summary>
    LastModified,
}
