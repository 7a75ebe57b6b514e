namespace EodPredict.Forecasting.Models;

/// <summary>What a night's training came to.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Manifest">The model; null where none was fitted.</param>
/// <param name="IsPromoted">Whether it serves from now on.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
public sealed record TrainingOutcome(string Dataset, ModelManifest? Manifest, bool IsPromoted, string Reason);
