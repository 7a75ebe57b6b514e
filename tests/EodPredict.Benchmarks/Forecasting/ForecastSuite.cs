namespace EodPredict.Benchmarks.Forecasting;

/// <summary>How planning and training grow with the number of tickers.</summary>
internal static class ForecastSuite
{
    private static readonly Dictionary<string, Func<IReadOnlyList<Figure>>> Parts = new()
    {
        ["plan"] = SessionPlanning.Measure,
        ["train"] = NightlyFit.Measure,
    };

    /// <summary>The names of the parts.</summary>
    public static IReadOnlyCollection<string> PartNames => Parts.Keys;

    /// <param name="parts">Of <see cref="PartNames"/>; none for all.</param>
    public static Task RunAsync(string[] parts)
    {
        var figures = (parts is [] ? [.. Parts.Keys] : parts).SelectMany(part => Parts[part]()).ToArray();
        FigureTable.Print($"./eod bench {string.Join(' ', ["forecast", .. parts])}", figures);
        return Task.CompletedTask;
    }
}
