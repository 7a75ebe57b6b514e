namespace EodPredict.Forecasting.Trees;

/// <summary>One split, close together in memory.</summary>
internal readonly record struct TreeSplit(int Feature, float Threshold, int Left, int Right, bool MissingLeft)
{
    public int Next(float value) => value <= Threshold || (MissingLeft && float.IsNaN(value)) ? Left : Right;
}
