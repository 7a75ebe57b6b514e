namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Walks through what was seen of an endpoint: each window is foretold from what was known some time before, from a quarter of an hour to
/// two days, as starts of runs and plans need it. The same windows give the same walk. Pure.
/// </summary>
internal static class LimitWalk
{
    private const int FewestWindows = 16;
    private const int MostWindows = 2500;

    // In windows. Each window takes its turn.
    private static readonly int[] Ahead = [1, 1, 4, 16, 48, 96, 192];

    /// <summary>The windows that could be foretold, rising.</summary>
    public static IEnumerable<LimitExample> Through(
        string endpoint, IReadOnlyList<ObservedWindow> seen, CancellationToken cancellationToken)
    {
        // Of a long history every second or third window, so that as many dates teach and judge.
        var step = 1 + (seen.Count / MostWindows);
        for (var i = FewestWindows; i < seen.Count; i += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = seen[i].Begin - (Ahead[i / step % Ahead.Length] * LimitWindow.Length) + LimitWindow.Length;
            if (LimitProfile.Of(seen, at) is { Touched: >= FewestWindows } profile)
            {
                var features = new float[LimitFeatures.Schema.Names.Count];
                LimitFeatures.Fill(profile, seen[i].Begin, at, features);
                yield return new LimitExample(endpoint, seen[i], at, profile.Law(seen[i].Begin), features);
            }
        }
    }
}
