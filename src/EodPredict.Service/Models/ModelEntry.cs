using EodPredict.Forecasting.Models;

namespace EodPredict.Service.Models;

/// <summary>One model of a dataset.</summary>
/// <param name="IsChampion">Whether it serves.</param>
/// <param name="Model">What it says of itself.</param>
internal sealed record ModelEntry(bool IsChampion, ModelManifest Model);
