using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Learned;

/// <summary>A fitted model: trees that give the hazard of each window. Immutable.</summary>
/// <param name="Trees">The trees; a row is laid out as in <see cref="SessionFeatures"/>.</param>
/// <param name="Share">How far the trees are believed against the expert law, from 0 to 1.</param>
internal sealed record LearnedHazard(TreeEnsemble Trees, double Share)
{
    private const float Least = 1e-4f;

    /// <summary>Where the model moves the expert law of one session.</summary>
    public QuantileMap Map(LearnedExample session) => QuantileMap.Of(Hazards(session), Share);

    /// <summary>The probability of an arrival in each window of <see cref="HazardScale"/> that is reached, by the trees alone.</summary>
    public float[] Hazards(LearnedExample session)
    {
        Span<float> row = stackalloc float[SessionFeatures.Names.Count];
        var hazards = new float[HazardScale.Windows];
        for (var k = 0; k < hazards.Length; k++)
        {
            SessionFeatures.Fill(session.Features, session.Close, k, session.Middles[k], row);
            hazards[k] = Math.Clamp(Trees.Predict(row), Least, 1 - Least);
        }

        return hazards;
    }
}
