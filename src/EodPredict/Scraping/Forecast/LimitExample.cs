namespace EodPredict.Scraping.Forecast;

/// <summary>One past window as the trees learn from it: what the profile foretold some time before, and what came.</summary>
/// <param name="Endpoint">Whose limit.</param>
/// <param name="Seen">What came.</param>
/// <param name="At">When it was foretold.</param>
/// <param name="Profile">What the profile foretold.</param>
/// <param name="Features">See <see cref="LimitFeatures"/>.</param>
internal sealed record LimitExample(string Endpoint, ObservedWindow Seen, DateTimeOffset At, LimitLaw Profile, float[] Features)
{
    /// <summary>The window's date (UTC).</summary>
    public DateOnly Date => DateOnly.FromDateTime(Seen.Begin.UtcDateTime);
}
