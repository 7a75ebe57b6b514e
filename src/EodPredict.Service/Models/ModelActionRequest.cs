namespace EodPredict.Service.Models;

/// <summary>What is posted to let another model serve.</summary>
/// <param name="Dataset">The dataset, or <c>_throttle</c> for that of limits.</param>
/// <param name="Version">To promote: the model that shall serve.</param>
/// <param name="From">To roll back: the model that shall serve no more.</param>
/// <param name="Reason">Why, for the history; may be left out.</param>
internal sealed record ModelActionRequest(string? Dataset = null, string? Version = null, string? From = null, string? Reason = null);
