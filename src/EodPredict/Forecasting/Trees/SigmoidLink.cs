namespace EodPredict.Forecasting.Trees;

/// <summary>Turns a score into a probability: 1 / (1 + exp(slope · score + offset)). The slope is below 0.</summary>
public sealed record SigmoidLink(double Slope, double Offset)
{
    // Where exp leaves single precision; XGBoost's own bound.
    private const float LargestExponent = 88.7f;

    /// <summary>The probability for a score, rounded as <paramref name="arithmetic"/> says.</summary>
    public float Probability(float score, TreeArithmetic arithmetic) => arithmetic == TreeArithmetic.SinglePrecision
        ? 1 / (MathF.Exp(MathF.Min(((float)Slope * score) + (float)Offset, LargestExponent)) + 1)
        : (float)(1 / (1 + Math.Exp((Slope * score) + Offset)));
}
