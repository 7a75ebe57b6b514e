using System.Diagnostics;
using System.Globalization;
using EodPredict.Benchmarks.Scraping.Servers;
using EodPredict.Scraping;
using EodPredict.Scraping.Storage;

namespace EodPredict.Benchmarks.Scraping;

/// <summary>What claiming costs while ten million items wait, and how much memory a run of them takes.</summary>
internal static class LongQueue
{
    private const int Items = 10_000_000;
    private const int Claims = 50;
    private const int Most = 4000;

    private static readonly TimeSpan Running = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        await using var database = await BenchmarkServer.StartNewAsync();
        await using var origin = await Origin.StartAsync(TimeSpan.Zero);
        var jobs = new ScrapeJobs(database.Database, BenchmarkTime.Wall);
        var job = await jobs.OpenAsync(
            new ScrapeJob { Name = "long", Url = $"http://127.0.0.1:{origin.Port}/items/{{id}}" }, CancellationToken.None);
        var began = BenchmarkTime.Wall.GetTimestamp();
        await jobs.AddAsync(job, new IdRange(1, Items), CancellationToken.None);
        var added = BenchmarkTime.Wall.GetElapsedTime(began);
        var (claim, worst) = await ClaimAsync(new ItemStore(database.Database, job.Id, -1));
        var (memory, stored) = await RunAsync(database, job, origin);
        return
        [
            new("giving 10,000,000 items", string.Create(CultureInfo.InvariantCulture, $"{Items / added.TotalSeconds:0} items/s")),
            new(
                "claiming while they wait",
                string.Create(CultureInfo.InvariantCulture, $"{claim:0.000} ms an item, {Most} at a time; the worst of {Claims}: {worst:0.000}"), "",
                "1 ms an item"),
            new(
                "memory of eod scrape at its most",
                string.Create(CultureInfo.InvariantCulture, $"{memory} MB; {stored / Running.TotalSeconds:0} items/s stored meanwhile"), "",
                "300 MB"),
        ];
    }

    private static async Task<(double Median, double Worst)> ClaimAsync(ItemStore items)
    {
        var took = new List<double>();
        for (var claim = 0; claim < Claims; claim++)
        {
            var began = BenchmarkTime.Wall.GetTimestamp();
            var claimed = await items.ClaimAsync(Most, CancellationToken.None);
            took.Add(BenchmarkTime.Wall.GetElapsedTime(began).TotalMilliseconds / claimed.Count);
        }

        return (Statistic.Median(took), took.Max());
    }

    private static async Task<(long Memory, long Stored)> RunAsync(BenchmarkServer database, ScrapeJob job, Origin origin)
    {
        var start = ScrapeCommand.Describe(database, job.Name, origin.Port, "1..1");
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        while (origin.Count.Served == 0 && !process.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), BenchmarkTime.Wall);
        }

        await Task.Delay(Running, BenchmarkTime.Wall);
        var peak = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        process.Kill();
        await process.WaitForExitAsync();
        await using var command = database.Database.CreateCommand("select stored from eod.scrape_job");
        return (
            long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10,
            (long)(await command.ExecuteScalarAsync())!);
    }
}
