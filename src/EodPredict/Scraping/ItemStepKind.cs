namespace EodPredict.Scraping;

/// <summary>What may become of an item after an attempt.</summary>
internal enum ItemStepKind
{
    /// <summary>Its data is stored.</summary>
    Store,

    /// <summary>It has failed.</summary>
    Fail,

    /// <summary>It is tried again.</summary>
    Again,
}
