using System.Globalization;
using EodPredict.Benchmarks.Scraping.Peers;
using EodPredict.Benchmarks.Scraping.Servers;

namespace EodPredict.Benchmarks.Scraping;

/// <summary><c>eod scrape</c> where nothing limits it, its results stored, beside a loop that only fetches.</summary>
internal static class NoLimit
{
    private const int Items = 100_000;
    private const int Rounds = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly int[] Workers = [8, 32, 128];

    /// <summary>In turns; of the bare loop the number of workers that is fastest.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        var scraped = new List<double>();
        var bare = Workers.ToDictionary(workers => workers, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            scraped.Add(await ScrapeAsync());
            foreach (var workers in Workers)
            {
                bare[workers].Add(await FetchAsync(workers));
            }
        }

        var (most, best) = bare.Select(one => (one.Key, Statistic.Median(one.Value))).MaxBy(one => one.Item2);
        var own = Statistic.Median(scraped);
        return
        [
            new(
                $"no limit, {Items} items, stored",
                string.Create(CultureInfo.InvariantCulture, $"{own:0}/s"),
                string.Create(CultureInfo.InvariantCulture, $"HttpClient loop, {most} at a time, nothing stored: {best:0}/s; {own / best:0.00} times"),
                "0.8 times"),
        ];
    }

    // To the last commit.
    private static async Task<double> ScrapeAsync()
    {
        await using var origin = await Origin.StartAsync(TimeSpan.Zero);
        await using var database = await BenchmarkServer.StartNewAsync();
        await ScrapeCommand.RunAsync(database, origin.Port, Items, Longest);
        await using var command = database.Database.CreateCommand("select stored / seconds from eod.scrape_job");
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<double> FetchAsync(int workers)
    {
        await using var origin = await Origin.StartAsync(TimeSpan.Zero);
        await PeerProcess.Own("HttpClient", "bare", $"workers={workers}").RunAsync(origin.Port, Items, Longest);
        return origin.Count.Served / origin.Count.Took.TotalSeconds;
    }
}
