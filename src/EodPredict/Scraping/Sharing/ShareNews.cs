namespace EodPredict.Scraping.Sharing;

/// <summary>What cannot wait for the next exchange.</summary>
internal enum ShareNews
{
    /// <summary>The plan has changed, or nobody leads any more: all but the one that leads ask.</summary>
    Plan,

    /// <summary>A participant has something to tell to the one that leads.</summary>
    Report,

    /// <summary>The limit was touched: all leave out two slots.</summary>
    Refused,
}
