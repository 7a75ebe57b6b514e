namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Walks through what was seen of an endpoint: each window is foretold from what was known some time before, from a quarter of an hour to
/// two days, as starts of runs and plans need it. The same windows give the same walk. Pure.
/// </summary>
internal static class LimitWalk
{
    private const int FewestWindows = 16;
    private const int MostWindows = 2000;

    // In windows. Each window takes its turn.
    private static readonly int[] Ahead = [1, 1, 4, 16, 48, 96, 192];

    /// <summary>The windows that could be foretold, rising.</summary>
    public static IEnumerable<LimitExample> Through(
        string endpoint, IReadOnlyList<ObservedWindow> seen, CancellationToken cancellationToken)
    {
        for (var i = Math.Max(FewestWindows, seen.Count - MostWindows); i < seen.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = seen[i].Begin - (Ahead[i % Ahead.Length] * LimitWindow.Length) + LimitWindow.Length;
            if (LimitProfile.Of(seen, at) is { Touched: >= FewestWindows } profile)
            {
                var features = new float[LimitFeatures.Schema.Names.Count];
                LimitFeatures.Fill(profile, seen[i].Begin, at, features);
                yield return new LimitExample(endpoint, seen[i], at, profile.Law(seen[i].Begin), features);
            }
        }
    }
}
