namespace EodPredict.Benchmarks.Forecasting;

/// <summary>How planning and training grow with the number of tickers.</summary>
internal static class ForecastSuite
{
    private static readonly Dictionary<string, Func<IReadOnlyList<Figure>>> Parts = new()
    {
        ["plan"] = SessionPlanning.Measure,
        ["train"] = NightlyFit.Measure,
    };

    /// <param name="parts">Of plan and train; none for both.</param>
    public static Task RunAsync(string[] parts)
    {
        var figures = (parts is [] ? [.. Parts.Keys] : parts).SelectMany(part => Parts[part]()).ToArray();
        FigureTable.Print($"./eod bench {string.Join(' ', ["forecast", .. parts])}", figures);
        return Task.CompletedTask;
    }
}
