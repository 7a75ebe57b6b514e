using System.Diagnostics;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Benchmarks.Forecasting;

/// <summary>What a night's training does between reading the history and scoring: every session forecast as it was, and two fits.</summary>
internal static class NightlyFit
{
    public static IReadOnlyList<Figure> Measure() => [.. new[] { 100, 1_000, 10_000 }.Select(Fit)];

    private static Figure Fit(int count)
    {
        using var services = new ServiceCollection().AddTreeLearner().BuildServiceProvider();
        var learner = services.GetRequiredService<ITreeLearner>();
        var trained = Math.Min(count, ModelTraining.MostTickers);
        var history = KnownTickers.Of(trained);
        var began = BenchmarkTime.Wall.GetTimestamp();
        var sessions = HistoryWalk.Through(history, KnownTickers.Prior, Environment.ProcessorCount, CancellationToken.None)
            .Select(session => session.Example).ToList();
        var walked = BenchmarkTime.Wall.GetElapsedTime(began);
        var model = HazardFit.Fit(sessions, learner, CancellationToken.None);
        var all = BenchmarkTime.Wall.GetElapsedTime(began);
        using var process = Process.GetCurrentProcess();
        return new Figure(
            $"training on {count:#,0} tickers ({trained} of them taken) of 250 sessions, {learner.Name}",
            $"{all.TotalSeconds:0} s ({walked.TotalSeconds:0} s of it the forecasts of the past), {model?.Trees.TreeCount ?? 0} trees, "
            + $"{process.PeakWorkingSet64 / 1e9:0.0} GB at most so far",
            "", count == 10_000 ? "5 min, 4 GB" : "");
    }
}
