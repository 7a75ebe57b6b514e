namespace EodPredict.Service.Tests;

/// <summary>Models promoted and rolled back over HTTP.</summary>
public sealed class ModelApiTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_promoted_and_rolled_back_once_however_often_it_is_asked_for()
    {
        _folder.Write("eod.json", """
            { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
              "eod": { "Calendar": "24/7", "Tickers": ["A", "B", "C"], "Url": "/eod/{ticker}" } } } } } }
            """);
        foreach (var command in new string[][] { ["import", "availability", _folder.Write("history.csv", ModelHistory.Csv())], ["train"] })
        {
            await using var done = await EodProcess.RunAsync(_folder, command);
            Assert.True(await done.ExitCodeAsync() == 0, done.Error);
        }

        await using var eod = await EodProcess.ServeAsync(_folder);
        using var api = new JsonClient(eod);
        var entry = Assert.Single((await api.ReadAsync("/api/models?dataset=eod")).EnumerateArray());
        Assert.True(entry.GetProperty("is_champion").GetBoolean());
        var version = entry.GetProperty("model").GetProperty("version").GetString()!;

        Assert.Equal((null, true), await DoAsync("rollback", new { dataset = "eod", from = version }));
        Assert.Equal((null, false), await DoAsync("rollback", new { dataset = "eod", from = version }));
        Assert.Equal((version, true), await DoAsync("promote", new { dataset = "eod", version, reason = "it was right" }));
        Assert.Equal((version, false), await DoAsync("promote", new { dataset = "eod", version, reason = "it was right" }));

        Assert.Equal((404, "not_found"), await api.RefusedAsync("/api/models/promote", new { dataset = "eod", version = "none" }));
        Assert.Equal((404, "not_found"), await api.RefusedAsync("/api/models/promote", new { dataset = "none", version }));
        Assert.Equal((400, "invalid_request"), await api.RefusedAsync("/api/models/promote", new { dataset = "eod" }));
        Assert.Equal((400, "invalid_request"), await api.RefusedAsync("/api/models/rollback", new { dataset = "eod" }));
        Assert.Equal((409, "other_champion"), await api.RefusedAsync("/api/models/rollback", new { dataset = "eod", from = "other" }));

        var decided = await api.AllAsync("/api/models/history?dataset=eod", 2);
        Assert.Equal(
            ["promoted by hand", "rolled back", "promoted"], decided.Select(one => one.GetProperty("action").GetString()));
        Assert.Equal("it was right", decided[0].GetProperty("reason").GetString());

        File.WriteAllText(Path.Combine(_folder.PathOf("models"), "eod", version, "trees.json"), "damaged");
        Assert.Equal((null, true), await DoAsync("rollback", new { dataset = "eod", from = version }));
        Assert.Equal((409, "model_unusable"), await api.RefusedAsync("/api/models/promote", new { dataset = "eod", version }));

        async Task<(string? Champion, bool Changed)> DoAsync(string action, object body)
        {
            var (status, reply) = await api.PostAsync($"/api/models/{action}", body);
            Assert.True(status == System.Net.HttpStatusCode.OK, reply.ToString());
            return (reply.GetProperty("champion").GetString(), reply.GetProperty("changed").GetBoolean());
        }
    }
}
