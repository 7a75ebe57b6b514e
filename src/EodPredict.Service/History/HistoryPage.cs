namespace EodPredict.Service.History;

/// <summary>A page of a list, the newest first.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="NextBefore">What to give as <c>before</c> for the next page; null: there is none.</param>
internal sealed record HistoryPage<T>(IReadOnlyList<T> Entries, long? NextBefore);
