namespace EodPredict.Forecasting.Models;

/// <summary>How far a training is.</summary>
/// <param name="Share">The share of its time that has passed, about; from 0 to 1.</param>
/// <param name="Text">What is done now.</param>
public readonly record struct TrainingStep(double Share, string Text);
