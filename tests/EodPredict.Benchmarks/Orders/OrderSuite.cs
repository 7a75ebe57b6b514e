using EodPredict.Orders;

namespace EodPredict.Benchmarks.Orders;

/// <summary>What order ids and recording cost, each beside what it is measured against, in one run.</summary>
internal static class OrderSuite
{
    private static readonly Dictionary<string, Func<BenchmarkServer, Task<IReadOnlyList<Figure>>>> Parts = new()
    {
        ["ids"] = IdGenerators.MeasureAsync,
        ["contention"] = ContendedIds.MeasureAsync,
        ["calls"] = IdsByCall.MeasureAsync,
        ["restart"] = RestartStall.MeasureAsync,
        ["bulk"] = BulkRecording.MeasureAsync,
    };

    /// <summary>The names of the parts.</summary>
    public static IReadOnlyCollection<string> PartNames => Parts.Keys;

    /// <param name="parts">Of <see cref="PartNames"/>; none for all.</param>
    public static async Task RunAsync(string[] parts)
    {
        var figures = new List<Figure>();
        foreach (var part in parts is [] ? [.. Parts.Keys] : parts)
        {
            await using var server = await BenchmarkServer.StartNewAsync();
            figures.AddRange(await Parts[part](server));
        }

        FigureTable.Print($"./eod bench {string.Join(' ', ["orders", .. parts])}", figures);
    }

    /// <summary>An allocator as a program would open it.</summary>
    public static Task<OrderIdAllocator> OpenAllocatorAsync(BenchmarkServer server) => OrderIdAllocator.OpenAsync(
        new OrderStore(server.Database), new OrderIdAllocatorOptions { Worker = "benchmark" }, BenchmarkTime.Wall, CancellationToken.None);
}
