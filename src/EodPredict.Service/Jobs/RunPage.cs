namespace EodPredict.Service.Jobs;

/// <summary>A page of runs, the latest first.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="NextBefore">What to give as <c>before</c> for the next page; null: there is none.</param>
internal sealed record RunPage(IReadOnlyList<RunEntry> Entries, DateTimeOffset? NextBefore);
