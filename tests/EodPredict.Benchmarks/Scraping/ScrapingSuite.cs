namespace EodPredict.Benchmarks.Scraping;

/// <summary>What scraping reaches on real servers, each figure beside what it is held against.</summary>
internal static class ScrapingSuite
{
    private static readonly Dictionary<string, Func<Task<IReadOnlyList<Figure>>>> Parts = new()
    {
        ["nginx"] = () => RealLimits.MeasureAsync("nginx"),
        ["haproxy"] = () => RealLimits.MeasureAsync("HAProxy"),
        ["aspnet"] = () => RealLimits.MeasureAsync("ASP.NET Core"),
        ["replay"] = () => RealLimits.MeasureAsync("replay provider"),
        ["unlimited"] = NoLimit.MeasureAsync,
        ["queue"] = LongQueue.MeasureAsync,
    };

    /// <summary>The names of the parts.</summary>
    public static IReadOnlyCollection<string> PartNames => Parts.Keys;

    /// <param name="parts">Of <see cref="PartNames"/>; none for all.</param>
    public static async Task RunAsync(string[] parts)
    {
        var figures = new List<Figure>();
        foreach (var part in parts is [] ? [.. Parts.Keys] : parts)
        {
            figures.AddRange(await Parts[part]());
        }

        FigureTable.Print($"./eod bench {string.Join(' ', ["scraping", .. parts])}", figures);
    }
}
