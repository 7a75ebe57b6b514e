using System.Text.Json;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>What commands tell programs: <c>--json</c>, one object a line and nothing else on standard output.</summary>
public sealed partial class CommandFactsTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const string Configuration = """
        { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
          "eod": { "Calendar": "24/7", "Tickers": ["A", "B"], "Url": "/eod/{ticker}" } } } } } }
        """;

    [Fact]
    public async Task Every_command_that_tells_facts_tells_them_as_JSON()
    {
        using var folder = new TestFolder();
        folder.Write("eod.json", Configuration);
        var imported = await OnlyAsync(folder, "import", "availability", folder.Write("history.csv", ModelHistory.Csv()));
        Assert.Equal((600, 600, "C"), (Number(imported, "arrivals"), Number(imported, "added"), Text(imported.GetProperty("unwatched")[0])));
        var trained = await OnlyAsync(folder, "train", "--dataset", "eod");
        Assert.True(trained.GetProperty("is_promoted").GetBoolean());
        var version = Text(trained.GetProperty("model").GetProperty("version"));
        var listed = await OnlyAsync(folder, "models", "list");
        Assert.True(listed.GetProperty("is_champion").GetBoolean());
        Assert.Equal(version, Text((await OnlyAsync(folder, "models", "show")).GetProperty("model").GetProperty("version")));
        Assert.Equal(JsonValueKind.Null, (await OnlyAsync(folder, "models", "rollback")).GetProperty("champion").ValueKind);
        Assert.Equal(version, Text((await OnlyAsync(folder, "models", "promote", "--model", version)).GetProperty("champion")));
        Assert.Contains("trees.json", (await OnlyAsync(folder, "models", "export", "--out", "review")).GetProperty("files").ToString(),
            StringComparison.Ordinal);

        var forecast = await OnlyAsync(folder, "forecast", "--ticker", "A", "--window", "1h");
        Assert.Equal(
            ["dataset", "ticker", "session_date", "close_at", "is_half_day", "state", "sessions_known", "quantiles", "windows",
                "horizon_minutes", "missing", "found_at", "next_check_at", "next_check_method", "next_check_why"],
            forecast.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            1, forecast.GetProperty("missing").GetDouble() + forecast.GetProperty("windows").EnumerateArray()
                .Sum(window => window.GetProperty("score").GetDouble()), 1e-6);

        var findings = await LinesAsync(folder, 1, "doctor");
        Assert.Contains(findings, finding => Text(finding.GetProperty("level")) == "bad");
        Assert.All(findings, finding => Assert.NotEmpty(Text(finding.GetProperty("subject"))));

        folder.Write("orders.csv", "client_key,side\na,buy\nb,sell\n");
        var recorded = await OnlyAsync(folder, "orders", "record", "--source", "facts", "--file", "orders.csv");
        Assert.Equal((2, 2, 0), (Number(recorded, "orders"), Number(recorded, "recorded"), Number(recorded, "known")));
        Assert.Contains(await LinesAsync(folder, 0, "orders", "ledger"), row => Number(row, "used") == 2);
    }

    [Fact]
    public async Task A_scrape_and_a_backtest_keep_standard_output_for_JSON()
    {
        using var folder = new TestFolder();
        await using var vendor = await LimitedVendor.StartAsync(folder, "TokenBucket", 500);
        var report = await OnlyAsync(folder, "scrape", "--job", "facts", "--url", $"{vendor.Url}items/{{id}}", "--ids", "1..20");
        Assert.Equal((20, 20), (Number(report, "items"), Number(report, "stored")));
        Assert.Equal(0, Number(await OnlyAsync(folder, "scrape", "status", "--job", "facts"), "left"));
        Assert.Equal(0, Number(await OnlyAsync(folder, "scrape", "retry", "--job", "facts"), "waiting"));

        folder.Write("arrivals.csv", ModelHistory.Csv());
        var backtest = await OnlyAsync(
            folder, "backtest", "--arrivals", "arrivals.csv", "--last-days", "5", "--checks", "checks.csv", "--policy", "fixed");
        Assert.Equal(15, Number(backtest, "sessions"));
    }

    private static int Number(JsonElement facts, string name) => facts.GetProperty(name).GetInt32();

    private static string Text(JsonElement value) => value.GetString()!;

    private async Task<JsonElement> OnlyAsync(TestFolder folder, params string[] command) =>
        Assert.Single(await LinesAsync(folder, 0, command));

    private async Task<List<JsonElement>> LinesAsync(TestFolder folder, int code, params string[] command)
    {
        await using var eod = await EodProcess.RunAsync(
            folder, [.. command, "--json"], ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod"));
        Assert.True(await eod.ExitCodeAsync() == code, eod.Error);
        var lines = eod.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.ForEach(AssertNames);
        return lines;
    }

    private static void AssertNames(JsonElement value)
    {
        foreach (var property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            Assert.Matches(SnakeCase(), property.Name);
            if (property.Name != "baselines")
            {
                AssertNames(property.Value);
            }
        }

        foreach (var element in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            AssertNames(element);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
