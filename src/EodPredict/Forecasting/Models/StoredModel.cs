using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Models;

/// <summary>A model as it lies in the folder of models. Immutable.</summary>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Trees">Its trees.</param>
internal sealed record StoredModel(ModelManifest Manifest, TreeEnsemble Trees);
