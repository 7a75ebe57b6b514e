using System.Net;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>Pausing what is watched, checking by hand, and the history of what ran, on a real provider.</summary>
public sealed class WatchTests : IDisposable
{
    private const string Provider = "Eod:Providers:vendor";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_asked_of_a_paused_ticker_until_it_is_resumed_but_what_somebody_asks_for()
    {
        await using var vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", 1000);
        await using var eod = await EodProcess.ServeAsync(
            _folder, ($"{Provider}:BaseAddress", vendor.Url), ($"{Provider}:Datasets:eod:Calendar", "24/7"),
            ($"{Provider}:Datasets:eod:Url", "/nothing/{ticker}"), ($"{Provider}:Datasets:eod:Tickers:0", "A"),
            ($"{Provider}:Datasets:eod:Tickers:1", "B"));
        await using var database = NpgsqlDataSource.Create($"Host={_folder.Data};Username=eod;Database=eod");
        using var api = new JsonClient(eod);
        await TestTime.UntilAsync("both are open", async () => await CountAsync("eod.session where state = 'open'") >= 2);
        var date = (await api.ReadAsync("/api/sessions")).GetProperty("entries")[0].GetProperty("session_date").GetString();

        Assert.Equal((400, "invalid_request"), await api.RefusedAsync("/api/watch/pause", new { dataset = "eod", ticker = "A" }));
        Assert.Equal((404, "not_found"), await api.RefusedAsync("/api/watch/pause", new { dataset = "eod", ticker = "none", reason = "x" }));
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("/api/watch/pause", new { dataset = "eod", ticker = "A", reason = "moving" })).Status);
        Assert.Equal("moving", (await api.ReadAsync("/api/watch"))[0].GetProperty("paused_because").GetString());

        // Both are due now: one is asked for, the other waits.
        await TestTime.UntilAsync("no check is under way", async () => await CountAsync("eod.session where lease_worker is not null") == 0);
        var (ofA, ofB) = (await CountAsync("eod.observation where ticker = 'A'"), await CountAsync("eod.observation where ticker = 'B'"));
        await RunAsync("update eod.session set next_check_at = now() - interval '1 minute', next_check_why = 'as planned' where state = 'open'");
        await TestTime.UntilAsync("B was asked for, A waits", async () =>
            await CountAsync("eod.observation where ticker = 'B'") > ofB
            && await CountAsync("eod.session where ticker = 'A' and next_check_why = 'Paused: moving'") > 0);
        Assert.Equal(ofA, await CountAsync("eod.observation where ticker = 'A'"));

        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("/api/watch/check", new { dataset = "eod", ticker = "A", session_date = date })).Status);
        await TestTime.UntilAsync("A was asked for by hand", async () => await CountAsync("eod.observation where ticker = 'A'") == ofA + 1);
        Assert.Equal((409, "wrong_state"), await api.RefusedAsync("/api/watch/check", new { dataset = "eod", ticker = "A", session_date = "2020-01-01" }));

        await RunAsync("update eod.session set next_check_at = now() + interval '1 hour', next_check_why = 'Paused: moving' where ticker = 'A'");
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("/api/watch/resume", new { dataset = "eod", ticker = "A" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("/api/watch/resume", new { dataset = "eod", ticker = "A" })).Status);
        await TestTime.UntilAsync("A is planned anew", async () =>
            await CountAsync("eod.session where ticker = 'A' and next_check_why = 'Paused: moving'") == 0);
        Assert.Equal(0, (await api.ReadAsync("/api/watch")).GetArrayLength());

        var runs = await api.AllAsync("/api/runs?q=a&kind=check", 1);
        Assert.NotEmpty(runs);
        Assert.All(runs, run => Assert.Equal("A", run.GetProperty("ticker").GetString()));
        Assert.StartsWith("Check A ", runs[0].GetProperty("title").GetString(), StringComparison.Ordinal);

        async Task<long> CountAsync(string rows)
        {
            await using var count = database.CreateCommand($"select count(*) from {rows}");
            return (long)(await count.ExecuteScalarAsync())!;
        }

        async Task RunAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
