using EodPredict.Forecasting.Trees;

namespace EodPredict.Scraping.Forecast;

/// <summary>A fitted model: trees that tell how far the limit will be from the profile. Immutable.</summary>
/// <param name="Trees">The trees; a row is laid out as in <see cref="LimitFeatures"/>.</param>
/// <param name="Share">How far the trees are believed against the profile, from 0 to 1.</param>
/// <param name="Spread">By what the profile's deviation is multiplied, above 0: calibrated on windows that nothing was fitted to.</param>
internal sealed record LearnedLimit(TreeEnsemble Trees, double Share, double Spread)
{
    private const float Most = 3;

    /// <summary>The forecast of a window.</summary>
    /// <param name="profile">What is known of the endpoint.</param>
    /// <param name="window">When the window begins.</param>
    /// <param name="now">When the forecast is made.</param>
    public LimitLaw Law(LimitProfile profile, DateTimeOffset window, DateTimeOffset now)
    {
        Span<float> row = stackalloc float[LimitFeatures.Schema.Names.Count];
        LimitFeatures.Fill(profile, window, now, row);
        return Law(profile.Law(window), row);
    }

    /// <summary>The same from the features of a window.</summary>
    public LimitLaw Law(LimitLaw profile, ReadOnlySpan<float> row) =>
        new(profile.Mean + (Share * Math.Clamp(Trees.Predict(row), -Most, Most)), Spread * profile.Deviation);
}
