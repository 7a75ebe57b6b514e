namespace EodPredict.Availability;

/// <summary>What one check spent.</summary>
internal readonly record struct CallsMade(int Gets, int Signals);
