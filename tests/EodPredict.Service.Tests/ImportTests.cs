namespace EodPredict.Service.Tests;

public sealed class ImportTests : IClassFixture<TestFolder>
{
    private const string Header = "ticker,session_date,close_utc,available_at_utc\n";

    private readonly TestFolder _folder;
    private readonly string _configuration;

    public ImportTests(TestFolder folder)
    {
        _folder = folder;
        _configuration = folder.Write("import.json", """
            { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
              "first": { "Calendar": "XNYS", "Tickers": ["AAPL"], "Url": "/first/{ticker}" },
              "second": { "Calendar": "XNYS", "Tickers": ["MSFT"], "Url": "/second/{ticker}" } } } } } }
            """);
    }

    [Fact]
    public async Task A_bad_line_is_told_with_its_number_and_nothing_is_imported()
    {
        const string Good = Header + "AAPL,2026-03-02,2026-03-02T21:00:00Z,2026-03-02T22:31:00Z\n";
        var bad = _folder.Write(
            "bad.csv", Good + "AAPL,2026-03-03,2026-03-03T21:00:00Z,2026-03-03T20:00:00Z\nAAPL,tomorrow,2026-03-04T21:00:00Z,\n");
        await using var refused = await ImportAsync(bad, "first");
        Assert.Equal(1, await refused.ExitCodeAsync());
        Assert.Contains("line 3: available_at_utc 2026-03-03T20:00:00Z is before close_utc", refused.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: session_date 'tomorrow'", refused.Error, StringComparison.Ordinal);

        await using var taken = await ImportAsync(_folder.Write("good.csv", Good), "first");
        Assert.Equal(0, await taken.ExitCodeAsync());
        Assert.Contains("1 new, 0 changed, 0 unchanged", taken.Output, StringComparison.Ordinal);
        Assert.Null(_folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task A_second_import_tells_what_changed()
    {
        var file = _folder.Write(
            "twice.csv", Header + "MSFT,2026-03-02,2026-03-02T21:00:00Z,2026-03-02T22:31:00Z\nIBM,2026-03-02,2026-03-02T21:00:00Z,\n");
        await using var first = await ImportAsync(file, "second");
        Assert.Contains("2 new, 0 changed, 0 unchanged", first.Output, StringComparison.Ordinal);
        Assert.Contains("not watched: IBM", first.Output, StringComparison.Ordinal);

        _folder.Write(
            "twice.csv", Header + "MSFT,2026-03-02,2026-03-02T21:00:00Z,2026-03-02T22:35:00Z\nIBM,2026-03-02,2026-03-02T21:00:00Z,\n");
        await using var second = await ImportAsync(file, "second");
        Assert.Contains("0 new, 1 changed, 1 unchanged", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_datasets_one_must_be_named()
    {
        var file = _folder.Write("any.csv", Header);
        await using var eod = await EodProcess.RunAsync(_folder, ["import", "availability", file, "--config", _configuration]);
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("--dataset: first, second", eod.Error, StringComparison.Ordinal);
    }

    private Task<EodProcess> ImportAsync(string file, string dataset) =>
        EodProcess.RunAsync(_folder, ["import", "availability", file, "--dataset", dataset, "--config", _configuration]);
}
