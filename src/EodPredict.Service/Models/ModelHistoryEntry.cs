namespace EodPredict.Service.Models;

/// <summary>One decision about the models of a dataset.</summary>
/// <param name="Id">Its place in the history; rises.</param>
/// <param name="At">When it was made.</param>
/// <param name="Action">promoted, refused, promoted by hand or rolled back.</param>
/// <param name="Version">The model that was decided on; null: the experts alone.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record ModelHistoryEntry(long Id, DateTimeOffset At, string Action, string? Version, string Reason);
