using System.Globalization;
using System.Text;

namespace EodPredict.Service.Tests;

public sealed class ModelTests : IClassFixture<TestFolder>
{
    private readonly TestFolder _folder;
    private readonly string _configuration;

    public ModelTests(TestFolder folder)
    {
        _folder = folder;
        _configuration = folder.Write("models.json", """
            { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
              "eod": { "Calendar": "24/7", "Tickers": ["A", "B", "C", "D", "E", "F"], "Url": "/eod/{ticker}" } } } } } }
            """);
    }

    [Fact]
    public async Task A_model_is_trained_looked_at_exported_and_rolled_back()
    {
        Assert.Contains("The experts serve alone", await EodAsync("train"), StringComparison.Ordinal);
        Assert.Contains("has no model yet", await EodAsync("models", "list"), StringComparison.Ordinal);

        await EodAsync("import", "availability", _folder.Write("history.csv", History()));
        var trained = await EodAsync("train", "--dataset", "eod");
        Assert.Contains(" promoted (", trained, StringComparison.Ordinal);
        var version = trained.Split(' ')[1];
        Assert.Contains($"* {version}", await EodAsync("models", "list"), StringComparison.Ordinal);
        Assert.Contains("others_last_place", await EodAsync("models", "show"), StringComparison.Ordinal);

        await EodAsync("models", "export", "--out", _folder.PathOf("review"));
        Assert.Equal(
            ["arrivals.csv", "calibration.csv", "checks.csv", "forecasts.csv", "history.csv", "importance.csv", "manifest.json", "trees.json"],
            Directory.GetFiles(_folder.PathOf("review")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Assert.Contains("the experts serve alone", await EodAsync("models", "rollback"), StringComparison.Ordinal);
        Assert.Contains($"{version} serves", await EodAsync("models", "promote", "--model", version), StringComparison.Ordinal);
        await using var refused = await EodProcess.RunAsync(_folder, ["models", "promote", "--model", "none", "--config", _configuration]);
        Assert.Equal(1, await refused.ExitCodeAsync());
        Assert.Contains("eod has no model none", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> EodAsync(params string[] arguments)
    {
        await using var eod = await EodProcess.RunAsync(_folder, [.. arguments, "--config", _configuration]);
        Assert.True(await eod.ExitCodeAsync() == 0, eod.Error);
        return eod.Output;
    }

    // All tickers are late together, and the day after a late one is late as well.
    private static string History()
    {
        var (text, random, late) = (new StringBuilder("ticker,session_date,close_utc,available_at_utc\n"), new Random(5), 0.0);
        for (var day = 0; day < 340; day++)
        {
            late = (0.9 * late) + (40 * (random.NextDouble() - 0.5));
            var date = new DateTime(2025, 1, 1, 21, 0, 0, DateTimeKind.Utc).AddDays(day);
            foreach (var ticker in "ABCDEF")
            {
                var arrival = date.AddMinutes(240 + late + (60 * random.NextDouble()));
                text.Append(CultureInfo.InvariantCulture, $"{ticker},{date:yyyy-MM-dd},{date:yyyy-MM-ddTHH:mm:ssZ},{arrival:yyyy-MM-ddTHH:mm:ssZ}\n");
            }
        }

        return text.ToString();
    }
}
