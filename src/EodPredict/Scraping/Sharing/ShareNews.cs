namespace EodPredict.Scraping.Sharing;

/// <summary>What cannot wait for the next exchange.</summary>
internal enum ShareNews
{
    /// <summary>Something changed: from the one that leads, the plan; to that one, a participant.</summary>
    Plan,

    /// <summary>The limit was touched: all leave out two slots.</summary>
    Refused,
}
