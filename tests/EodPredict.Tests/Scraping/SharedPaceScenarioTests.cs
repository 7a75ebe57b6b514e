using System.Globalization;
using EodPredict.Tests.Scraping.Simulation;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping;

/// <summary>What processes that share a limit must reach together. Virtual time.</summary>
public sealed class SharedPaceScenarioTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Long")]
    public void The_shared_rows()
    {
        foreach (var scenario in Scenarios.Shared)
        {
            SimulationResult[] results = [.. Enumerable.Range(1, 5).Select(seed => SimulationPlayer.Play(scenario, seed, _ => throw new InvalidOperationException()))];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {scenario.Name} | {results.Average(r => r.Goodput):0.000} : {results.Average(r => r.Refused):0.00%} "
                + $"| {results.Average(r => r.SettledGoodput):0.000} ({results.Min(r => r.SettledGoodput):0.000}) : "
                + $"{results.Average(r => r.SettledRefused):0.00%} ({results.Max(r => r.SettledRefused):0.00%}) "
                + $"| {results.Max(r => r.Latency95):0.000} s | Jain {results.Min(r => r.Fairness):0.000}; longest {results.Max(r => r.LongestRefusal):0.0}"));
        }
    }
}
