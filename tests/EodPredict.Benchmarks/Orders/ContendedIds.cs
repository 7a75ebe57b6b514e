using System.Globalization;

namespace EodPredict.Benchmarks.Orders;

/// <summary>Ids for several threads at once, against one shared <c>Interlocked.Increment</c>.</summary>
internal static class ContendedIds
{
    private const int IdsOfEach = 20_000_000;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkServer server)
    {
        await using var allocator = await OrderSuite.OpenAllocatorAsync(server);
        var figures = new List<Figure>();
        foreach (var threads in new[] { 2, 4, 8 })
        {
            var (bare, next) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var shared = 0L;
                bare.Add(IdsPerSecond(threads, () => Interlocked.Increment(ref shared)));
                next.Add(IdsPerSecond(threads, allocator.Next));
            }

            // The first round is for the compiler and for the allocator to learn the rate.
            var (bareRate, nextRate) = (Statistic.Median(bare[1..]), Statistic.Median(next[1..]));
            figures.Add(new Figure(
                $"OrderIdAllocator.Next, {threads} threads",
                string.Create(CultureInfo.InvariantCulture, $"{nextRate / 1e6:0} million ids/s"),
                string.Create(CultureInfo.InvariantCulture, $"{nextRate / bareRate:0.0} of a shared Interlocked.Increment ({bareRate / 1e6:0} million)"),
                "1.0"));
        }

        return figures;
    }

    private static double IdsPerSecond(int threads, Func<long> next)
    {
        using var start = new Barrier(threads + 1);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var id = 0; id < IdsOfEach; id++)
            {
                next();
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        start.SignalAndWait();
        var began = BenchmarkTime.Wall.GetTimestamp();
        workers.ForEach(worker => worker.Join());
        return (double)threads * IdsOfEach / BenchmarkTime.Wall.GetElapsedTime(began).TotalSeconds;
    }
}
