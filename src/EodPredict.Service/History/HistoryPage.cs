namespace EodPredict.Service.History;

/// <summary>A page of a list, the newest first.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="NextBefore">What to give as <c>before</c> for the next page; null: there is none.</param>
internal sealed record HistoryPage<T>(IReadOnlyList<T> Entries, long? NextBefore)
{
    /// <summary>The page of entries with their ids; one more than fits tells that there is another page.</summary>
    public static HistoryPage<T> Of(IReadOnlyList<(long Id, T Entry)> entries, int rows) => new(
        [.. entries.Take(rows).Select(one => one.Entry)], entries.Count > rows ? entries[rows - 1].Id : null);
}
