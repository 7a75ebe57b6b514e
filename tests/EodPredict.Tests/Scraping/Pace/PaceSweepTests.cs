using System.Globalization;
using EodPredict.Scraping.Pace;
using EodPredict.Tests.Scraping.Simulation;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping.Pace;

/// <summary>Servers that nobody had in mind: every shape at every rate and latency. Virtual time.</summary>
public sealed class PaceSweepTests(ITestOutputHelper output)
{
    private const int Worst = 12;

    private static readonly double[] Rates = [2, 10, 50, 500, 5000];
    private static readonly double[] Latencies = [0.001, 0.02, 0.1, 0.5];
    private static readonly int[] Seeds = [11, 12];

    private static readonly (string Name, Func<double, double, Scenario> Server)[] Shapes =
    [
        ("token bucket", (rate, latency) => Scenarios.Bucket(rate, rate, latency)),
        ("token bucket of a tenth", (rate, latency) => Scenarios.Bucket(rate, Math.Max(1, rate / 10), latency)),
        ("strict", (rate, latency) => Scenarios.Strict(rate, 2, 1, latency)),
        ("sliding 1 s", (rate, latency) => Scenarios.Sliding(rate, 1, false, latency)),
        ("sliding 1 s, refusals count", (rate, latency) => Scenarios.Sliding(rate, 1, true, latency)),
        ("sliding 10 s", (rate, latency) => Scenarios.Sliding(10 * rate, 10, false, latency)),
        ("fixed 1 s", (rate, latency) => Scenarios.Fixed(rate, 1, latency) with { Settled = 10 }),
        ("fixed 10 s", (rate, latency) => Scenarios.Fixed(10 * rate, 10, latency)),
        ("rate and in flight", (rate, latency) => Scenarios.Both(rate, (int)Math.Max(2, Math.Ceiling(1.2 * rate * latency)), latency)),
    ];

    /// <summary>The sweep of docs/scraping.md.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public void The_sweep()
    {
        output.WriteLine("| shape | settled goodput / capacity : refused, mean | worst goodput | most refused |");
        output.WriteLine("|---|---|---|---|");
        var all = new List<(string Cell, double Goodput, double Refused)>();
        foreach (var (name, server) in Shapes)
        {
            var cells = (from rate in Rates from latency in Latencies select Play(name, server(rate, latency), rate, latency)).ToList();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {cells.Average(cell => Math.Min(1, cell.Goodput)):0.000} : "
                + $"{cells.Average(cell => cell.Refused):0.00%} | {cells.Min(cell => cell.Goodput):0.000} "
                + $"| {cells.Max(cell => cell.Refused):0.00%} |"));
            all.AddRange(cells);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| all | {all.Average(cell => Math.Min(1, cell.Goodput)):0.000} : {all.Average(cell => cell.Refused):0.00%} | | |"));
        foreach (var cell in all.OrderBy(cell => cell.Goodput).Take(Worst).Concat(all.OrderByDescending(cell => cell.Refused).Take(Worst)))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cell.Cell}: {cell.Goodput:0.000} : {cell.Refused:0.00%}"));
        }
    }

    // As many seconds as tell: some hundreds of requests, some windows, some tens of round trips.
    private static (string Cell, double Goodput, double Refused) Play(string name, Scenario server, double rate, double latency)
    {
        var scenario = server with
        {
            Jitter = Math.Min(0.001, latency / 20),
            Duration = rate <= 2 ? 300 : rate >= 5000 ? 100 : rate >= 500 ? 120 : 180,
        };
        var results = Seeds.Select(seed => SimulationPlayer.Play(scenario, seed, _ => new PaceController())).ToList();
        return (
            string.Create(CultureInfo.InvariantCulture, $"{name} {rate}/s at {latency * 1000} ms"),
            results.Average(result => result.SettledGoodput),
            results.Average(result => result.SettledRefused));
    }
}
