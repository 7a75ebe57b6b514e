using EodPredict.Forecasting;

namespace EodPredict.Benchmarks.Forecasting;

/// <summary>Tickers with a past, made of a seed: each its own hour, with a spread, late days, and a provider that is early or late as a whole.</summary>
internal static class KnownTickers
{
    public const int Sessions = 250;

    private const double Late = 0.05;

    public static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);

    public static readonly DateOnly FirstDate = new(2025, 1, 6);

    /// <summary>The past of some tickers, oldest first, known to intervals of up to half an hour.</summary>
    public static Dictionary<string, List<PastArrival>> Of(int count)
    {
        var random = new Random(1);
        double[] shifts = [.. Enumerable.Range(0, Sessions).Select(_ => 12 * random.NextDouble())];
        return Enumerable.Range(0, count).ToDictionary(number => $"T{number:00000}", _ =>
        {
            var (hour, spread) = (60 + (300 * random.NextDouble()), 5 + (25 * random.NextDouble()));
            return Enumerable.Range(0, Sessions).Select(day =>
            {
                var late = random.NextDouble() < Late ? 300 * random.NextDouble() : 0;
                var at = hour + shifts[day] + (spread * random.NextDouble()) + late;
                var interval = new ArrivalInterval(
                    TimeSpan.FromMinutes(Math.Max(0, at - (20 * random.NextDouble()))), TimeSpan.FromMinutes(at + (10 * random.NextDouble())));
                return new PastArrival(FirstDate.AddDays(day), Close(FirstDate.AddDays(day)), interval);
            }).ToList();
        });
    }

    public static DateTimeOffset Close(DateOnly date) => new(date, new TimeOnly(21, 0), TimeSpan.Zero);
}
