using System.Text.Json;

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
              "eod": { "Calendar": "24/7", "Tickers": ["A", "B", "C"], "Url": "/eod/{ticker}" },
              "card": { "Calendar": "24/7", "Tickers": ["A", "B", "C"], "Url": "/card/{ticker}" } } } } } }
            """);
    }

    [Fact]
    public async Task A_model_is_trained_looked_at_exported_and_rolled_back()
    {
        Assert.Contains("The experts serve alone", await EodAsync("eod", "train"), StringComparison.Ordinal);
        Assert.Contains("has no model yet", await EodAsync("eod", "models", "list"), StringComparison.Ordinal);

        var version = await TrainAsync("eod");
        Assert.Matches($@"\*  {version}", await EodAsync("eod", "models", "list"));
        Assert.Contains("last_place", await EodAsync("eod", "models", "show"), StringComparison.Ordinal);

        await EodAsync("eod", "models", "export", "--out", _folder.PathOf("review"));
        Assert.Equal(
            ["arrivals.csv", "calibration.csv", "checks.csv", "forecasts.csv", "history.csv", "importance.csv", "manifest.json", "trees.json"],
            Directory.GetFiles(_folder.PathOf("review")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Assert.Contains("the experts serve alone", await EodAsync("eod", "models", "rollback"), StringComparison.Ordinal);
        Assert.Contains($"{version} serves", await EodAsync("eod", "models", "promote", "--model", version), StringComparison.Ordinal);
        await using var refused = await EodProcess.RunAsync(
            _folder, ["models", "promote", "--model", "none", "--dataset", "eod", "--config", _configuration]);
        Assert.Equal(1, await refused.ExitCodeAsync());
        Assert.Contains("eod has no model none", refused.Error, StringComparison.Ordinal);
    }

    [ExampleFact(ExampleScript.Notebook)]
    public async Task The_model_card_tells_what_the_service_tells()
    {
        await TrainAsync("card");
        await EodAsync("card", "models", "export", "--out", _folder.PathOf("card"));
        var shown = JsonDocument.Parse(await EodAsync("card", "models", "show", "--json")).RootElement.GetProperty("model");
        using var told = JsonDocument.Parse(await NotebookRun.RunAsync(ExampleScript.Notebook, _folder.PathOf("card"), """
            model = later[later.law == "model"]
            print(json.dumps({
                "version": manifest["version"],
                "sessions": len(model), "challenger": model.log_score.mean(), "experts": later[later.law == "experts"].log_score.mean(),
                "coverage50": covered(model, 0.5), "coverage80": covered(model, 0.8), "coverage95": covered(model, 0.95),
                "importance": dict(zip(importance["feature"], importance["share_of_gain"]))}))
            """));
        Assert.Equal(shown.GetProperty("version").GetString(), told.RootElement.GetProperty("version").GetString());
        foreach (var score in new[] { "sessions", "challenger", "experts", "coverage50", "coverage80", "coverage95" })
        {
            Assert.Equal(shown.GetProperty("scores").GetProperty(score).GetDouble(), told.RootElement.GetProperty(score).GetDouble(), 1e-6);
        }

        var shares = told.RootElement.GetProperty("importance");
        Assert.All(shown.GetProperty("features").EnumerateArray().Zip(shown.GetProperty("importance").EnumerateArray()), feature =>
            Assert.Equal(feature.Second.GetDouble(), shares.GetProperty(feature.First.GetString()!).GetDouble(), 1e-9));
    }

    private async Task<string> TrainAsync(string dataset)
    {
        await EodAsync(dataset, "import", "availability", _folder.Write("history.csv", ModelHistory.Csv()));
        var trained = await EodAsync(dataset, "train");
        Assert.Contains(" promoted (", trained, StringComparison.Ordinal);
        return trained.Split(' ')[1];
    }

    private async Task<string> EodAsync(string dataset, params string[] arguments)
    {
        await using var eod = await EodProcess.RunAsync(_folder, [.. arguments, "--dataset", dataset, "--config", _configuration]);
        Assert.True(await eod.ExitCodeAsync() == 0, eod.Error);
        return eod.Output;
    }
}
