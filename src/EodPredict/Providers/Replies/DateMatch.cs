namespace EodPredict.Providers.Replies;

/// <summary>How the date of a row is compared with the session date.</summary>
internal enum DateMatch
{
    /// <summary>There must be a row of the session date itself.</summary>
    Exact,

    /// <summary>The newest row must be of the session date or later: for replies that only tell how far the data goes.</summary>
    OnOrAfter,
}
