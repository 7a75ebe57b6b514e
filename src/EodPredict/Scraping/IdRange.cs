namespace EodPredict.Scraping;

/// <summary>Ids that are numbers in a row.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; not below the first.</param>
public readonly record struct IdRange(long First, long Last);
