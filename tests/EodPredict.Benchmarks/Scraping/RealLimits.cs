using System.Globalization;
using EodPredict.Benchmarks.Scraping.Servers;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Benchmarks.Scraping;

/// <summary><c>eod scrape</c> at limits of real servers that it is not told, beside the same law in the simulation.</summary>
internal static class RealLimits
{
    private const int Seeds = 20;
    private const double Seconds = 75;

    private static readonly Func<Task<LimitedServer>>[] Servers =
    [
        NginxServer.StartSpacingAsync, NginxServer.StartInFlightAsync, HaproxyServer.StartAsync, AspNetServer.StartTokensAsync,
        AspNetServer.StartFixedAsync, AspNetServer.StartSlidingAsync, ReplayServer.StartSpacingAsync, ReplayServer.StartSlidingAsync,
        ReplayServer.StartBanAsync,
    ];

    /// <summary>Every limit, one after another.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string only)
    {
        var figures = new List<Figure>();
        foreach (var start in Servers)
        {
            await using var server = await start();
            if (server.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase))
            {
                figures.Add(await MeasureAsync(server));
            }
        }

        return figures;
    }

    private static async Task<Figure> MeasureAsync(LimitedServer server)
    {
        await using var database = await BenchmarkServer.StartNewAsync();
        var items = (int)(Seconds * server.Scenario.Capacity(0));
        var (stored, rows) = await ScrapeCommand.RunAsync(database, server.Port, items, TimeSpan.FromSeconds(3 * Seconds));
        var (count, refused) = (server.Count, await server.RefusedAsync());
        var scenario = server.Scenario with { Duration = Seconds, Latency = server.Scenario.Latency * count.Slowness };
        var limit = scenario.Capacity(0);
        var goodput = count.Items / count.Took.TotalSeconds / limit;
        var simulated = Enumerable.Range(1, Seeds)
            .Select(seed => SimulationPlayer.Play(scenario, seed, _ => new PaceController())).ToList();
        return new(
            server.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{goodput:0.000} : {refused / (double)(refused + count.Served):0.00%}, makespan / ideal {count.Took.TotalSeconds * limit / items:0.000}, "
                + $"{items - stored} lost, {count.Served - stored} fetched twice, {rows - stored} stored twice"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{simulated.Average(run => run.Goodput):0.000} ({simulated.Min(run => run.Goodput):0.000} to "
                + $"{simulated.Max(run => run.Goodput):0.000}) : {simulated.Average(run => run.Refused):0.00%}"),
            "within .02 of the simulation");
    }
}
