using System.Globalization;

namespace EodPredict.Benchmarks.Orders;

/// <summary>How long a caller of <c>Next</c> waits while the server is killed and started again: a million calls a second by one thread.</summary>
internal static class RestartStall
{
    private const double CallsPerSecond = 1_000_000;
    private const int Restarts = 5;
    private const int BucketsPerDoubling = 8;
    private const double ClockTick = 100;           // in nanoseconds; nothing shorter is told apart

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkServer server)
    {
        await using var allocator = await OrderSuite.OpenAllocatorAsync(server);
        var buckets = new long[64 * BucketsPerDoubling];
        var done = false;
        var calling = new Thread(() =>
        {
            var (began, calls) = (BenchmarkTime.Wall.GetTimestamp(), 0L);
            while (!Volatile.Read(ref done))
            {
                var before = BenchmarkTime.Wall.GetTimestamp();
                allocator.Next();
                var took = BenchmarkTime.Wall.GetElapsedTime(before);
                buckets[(int)(Math.Log2(Math.Max(took.TotalNanoseconds, 1)) * BucketsPerDoubling)]++;
                calls++;
                while (calls > BenchmarkTime.Wall.GetElapsedTime(began).TotalSeconds * CallsPerSecond)
                {
                }
            }
        });
        calling.Start();
        await Task.Delay(Between, BenchmarkTime.Wall);
        for (var restart = 0; restart < Restarts; restart++)
        {
            server.Kill();
            await Task.Delay(Between, BenchmarkTime.Wall);
            await server.StartAsync();
            await Task.Delay(Between, BenchmarkTime.Wall);
        }

        Volatile.Write(ref done, true);
        calling.Join();
        return
        [
            new Figure(
                string.Create(CultureInfo.InvariantCulture, $"a call of Next over {Restarts} kills and restarts of the server, {buckets.Sum() / 1e6:0.0} million calls"),
                $"half within {Within(buckets, 0.5)}, 99.99% within {Within(buckets, 0.9999)}, all within {Within(buckets, 1)}",
                "",
                "99.99% within 1 ms"),
        ];
    }

    // The upper edge of the bucket.
    private static string Within(long[] buckets, double share)
    {
        var (all, seen, bucket) = (buckets.Sum(), 0L, 0);
        while ((seen += buckets[bucket]) < share * all)
        {
            bucket++;
        }

        var nanoseconds = Math.Pow(2, (bucket + 1.0) / BucketsPerDoubling);
        return nanoseconds < ClockTick ? "0.1 µs" : nanoseconds < 1e6
            ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.00} µs")
            : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.0} ms");
    }
}
