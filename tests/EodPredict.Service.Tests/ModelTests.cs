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
        Assert.Contains($"* {version}", await EodAsync("eod", "models", "list"), StringComparison.Ordinal);
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
    public async Task The_model_card_reads_an_export()
    {
        await TrainAsync("card");
        await EodAsync("card", "models", "export", "--out", _folder.PathOf("card"));
        var told = await NotebookRun.RunAsync(ExampleScript.Notebook, _folder.PathOf("card"), "print(manifest['dataset'])");
        Assert.Equal("card", told);
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
