namespace EodPredict.Scraping.Storage;

/// <summary>How far a job is, by what all processes have committed.</summary>
/// <param name="State">See <see cref="ScrapeStates"/>.</param>
/// <param name="Stored">Items whose data is stored.</param>
/// <param name="Failed">Items that have failed.</param>
internal readonly record struct JobCount(string State, long Stored, long Failed);
