namespace EodPredict.Forecasting.Models;

/// <summary>What the rows of one kind of model consist of. A model is used only with the schema that it was fitted to.</summary>
/// <param name="Kind">The kind of model, as manifests spell it.</param>
/// <param name="Version">Changes with the meaning of a feature.</param>
/// <param name="Names">The features, in the order of a row.</param>
public sealed record FeatureSchema(string Kind, int Version, IReadOnlyList<string> Names);
