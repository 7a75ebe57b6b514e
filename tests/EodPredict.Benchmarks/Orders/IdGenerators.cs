using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EodPredict.Orders;

namespace EodPredict.Benchmarks.Orders;

/// <summary>One id, by one thread, from each generator.</summary>
public class IdGenerators
{
    private const string Bare = "Interlocked.Increment";

    // What BenchmarkDotNet takes off for calling a method is more than a bare increment takes.
    private const int Calls = 1000;

    private static BenchmarkServer? _server;

    private readonly SnowflakeIds _snowflake = new(BenchmarkTime.Wall, worker: 7);
    private OrderIdAllocator _allocator = null!;
    private HiLoIds _hiLo = null!;
    private long _count;

    [GlobalSetup]
    public void Open()
    {
        _allocator = OrderSuite.OpenAllocatorAsync(_server!).GetAwaiter().GetResult();
        _hiLo = new HiLoIds(_server!.Database);
    }

    [GlobalCleanup]
    public void Close() => _allocator.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark(Baseline = true, Description = Bare, OperationsPerInvoke = Calls)]
    public long Increment()
    {
        var last = 0L;
        for (var call = 0; call < Calls; call++)
        {
            last = Interlocked.Increment(ref _count);
        }

        return last;
    }

    [Benchmark(Description = "OrderIdAllocator.Next", OperationsPerInvoke = Calls)]
    public long Next()
    {
        var last = 0L;
        for (var call = 0; call < Calls; call++)
        {
            last = _allocator.Next();
        }

        return last;
    }

    [Benchmark(Description = "HiLo, blocks of 1000 by INCREMENT (not safe in a crash)")]
    public long HiLo() => _hiLo.Next();

    [Benchmark(Description = "Snowflake-style, under a lock (at most 4096 a millisecond)")]
    public long Snowflake() => _snowflake.Next();

    [Benchmark(Description = "Guid.CreateVersion7")]
    public Guid Version7()
    {
        _ = _count;
        return Guid.CreateVersion7();
    }

    internal static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkServer server)
    {
        _server = server;
        await server.RunAsync(HiLoIds.SetUp);
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(9);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "eod-benchmarks"));
        var means = BenchmarkRunner.Run<IdGenerators>(config).Reports.ToDictionary(
            report => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), report => report.ResultStatistics!.Median);
        return
        [
            .. means.Select(mean => new Figure(
                $"{mean.Key}, one thread",
                string.Create(CultureInfo.InvariantCulture, $"{1000 / mean.Value:0.0} million ids/s"),
                string.Create(CultureInfo.InvariantCulture, $"{means[Bare] / mean.Value:0.00} of a bare Interlocked.Increment"),
                mean.Key == "OrderIdAllocator.Next" ? "0.5" : "")),
        ];
    }
}
