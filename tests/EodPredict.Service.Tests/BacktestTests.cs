using System.Globalization;
using System.Text.Json;

namespace EodPredict.Service.Tests;

public sealed class BacktestTests(TestFolder folder) : IClassFixture<TestFolder>
{
    private const string Header = "ticker,session_date,close_utc,available_at_utc";

    [Fact]
    public async Task It_writes_its_checks_and_a_summary_in_snake_case()
    {
        var days = Enumerable.Range(0, 40).Select(day => new DateTime(2026, 1, 1, 21, 0, 0, DateTimeKind.Utc).AddDays(day));
        var lines = days.Select(close => string.Create(
            CultureInfo.InvariantCulture,
            $"A,{close:yyyy-MM-dd},{close:yyyy-MM-ddTHH:mm:ssZ},{close.AddMinutes(90 + (close.Day % 5)):yyyy-MM-ddTHH:mm:ssZ}"));
        var arrivals = folder.Write("arrivals.csv", string.Join('\n', [Header, .. lines]));
        var (checks, summary) = (folder.PathOf("checks.csv"), folder.PathOf("summary.json"));
        await using var eod = await EodProcess.RunAsync(
            folder,
            ["backtest", "--arrivals", arrivals, "--last-days", "5", "--checks", checks, "--summary", summary, "--policy", "fixed"]);
        Assert.Equal(0, await eod.ExitCodeAsync());

        Assert.Equal("ticker,session_date,check_at_utc,found", File.ReadLines(checks).First());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(summary));
        Assert.Equal(5, json.RootElement.GetProperty("sessions").GetInt32());
        Assert.Equal(5, json.RootElement.GetProperty("found").GetInt32());
        Assert.All(
            ["gets_per_session", "wasted_per_session", "delay_minutes", "cost", "baselines"],
            key => Assert.True(json.RootElement.TryGetProperty(key, out _), key));
    }

    [Fact]
    public async Task A_bad_line_is_told_with_its_number()
    {
        var arrivals = folder.Write("bad-arrivals.csv", $"{Header}\nA,2026-01-01,2026-01-01T21:00:00Z,soon\n");
        await using var eod = await EodProcess.RunAsync(
            folder, ["backtest", "--arrivals", arrivals, "--last-days", "5", "--checks", folder.PathOf("c.csv")]);
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("line 2", eod.Error, StringComparison.Ordinal);
    }
}
