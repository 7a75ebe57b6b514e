namespace EodPredict.Providers.Replies;

/// <summary>One row of a reply.</summary>
/// <param name="Date">Its session date; null where none can be read.</param>
/// <param name="Lacking">The first required field that is missing or no number; null where all are there.</param>
internal readonly record struct ReplyRow(DateOnly? Date, string? Lacking);
