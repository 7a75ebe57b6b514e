using System.Globalization;
using EodPredict.Availability;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Benchmarks.Forecasting;

/// <summary>Opening a session date and planning its first checks, and planning one session again after a "not yet".</summary>
internal static class SessionPlanning
{
    private const int Distinct = 200;
    private const int Replans = 2000;

    private static readonly DateOnly Date = KnownTickers.FirstDate.AddDays(KnownTickers.Sessions);
    private static readonly CheckPrices Prices = new();

    public static IReadOnlyList<Figure> Measure()
    {
        var learned = KnownTickers.Of(Distinct).AsParallel()
            .Select(ticker => ArrivalSeries.Learned(ticker.Key, KnownTickers.Prior, ticker.Value)).ToArray();
        Plan(learned, Distinct);
        return [.. new[] { 100, 1_000, 10_000 }.SelectMany(count => Plan(learned, count))];
    }

    // Tickers share what 200 of them have learned: forecasting only reads it, and learning for each would take the morning.
    private static IEnumerable<Figure> Plan(ArrivalSeries[] learned, int count)
    {
        var forecaster = new ProviderForecaster(KnownTickers.Prior, Environment.ProcessorCount) { LooksByItself = false };
        var sessions = new (string Ticker, DateTimeOffset Close)[count];
        for (var i = 0; i < count; i++)
        {
            sessions[i] = (string.Create(CultureInfo.InvariantCulture, $"S{i:00000}"), KnownTickers.Close(Date));
            var series = new ArrivalSeries(sessions[i].Ticker, KnownTickers.Prior);
            series.TakeOver(learned[i % learned.Length]);
            forecaster.Begin(series);
        }

        var began = BenchmarkTime.Wall.GetTimestamp();
        forecaster.Open(Date, sessions);
        var first = new TimeSpan[count];
        Parallel.For(0, count, i => first[i] = Next(forecaster, sessions[i].Ticker, TimeSpan.Zero));
        var opening = BenchmarkTime.Wall.GetElapsedTime(began);

        began = BenchmarkTime.Wall.GetTimestamp();
        for (var i = 0; i < Replans; i++)
        {
            var (ticker, now) = (sessions[i % count].Ticker, first[i % count] + TimeSpan.FromMinutes(i / count));
            forecaster.NotYet(ticker, Date, now);
            Next(forecaster, ticker, now);
        }

        var again = BenchmarkTime.Wall.GetElapsedTime(began) / Replans;
        yield return new Figure(
            $"a session date of {count:#,0} tickers, 250 sessions known of each: laws and first checks", $"{opening.TotalSeconds:0.00} s", "",
            count == 10_000 ? "2 s" : "");
        yield return new Figure($"one of {count:#,0} planned again", $"{again.TotalMilliseconds:0.00} ms", "", "2 ms");
    }

    private static TimeSpan Next(ProviderForecaster forecaster, string ticker, TimeSpan earliest) => CheckPlanner.Plan(
        forecaster.Law(ticker, Date), Prices, new PlanningLimits(earliest, KnownTickers.Prior.Horizon)).Next.At;
}
