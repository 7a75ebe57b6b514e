using System.Text.Json;
using EodPredict.Database;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>The whole loop on real parts: recorded days, HTTP, PostgreSQL, the job engine, at a day in thirty seconds.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Summary => _folder.PathOf("summary.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_session_is_found_and_the_figures_stand_beside_the_usual_ways()
    {
        await using var demo = Demo();
        Assert.Equal(0, await demo.ExitCodeAsync());

        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Summary));
        var figures = summary.RootElement;
        Assert.Equal(figures.GetProperty("sessions").GetInt32(), figures.GetProperty("found").GetInt32());
        Assert.True(figures.GetProperty("gets_per_session").GetDouble() < figures.GetProperty("baselines").GetProperty("fixed(30)").GetProperty("gets").GetDouble() / 3);
        Assert.True(figures.GetProperty("delay_minutes").TryGetProperty("p95", out _));
        Assert.Contains("a cron, every 30 minutes", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_killed_in_the_middle_of_the_day_loses_nothing_and_doubles_nothing()
    {
        for (var kills = 0; kills < 2; kills++)
        {
            await using var killed = Demo();
            var before = kills;
            await TestTime.UntilAsync("a session is found", async () => await CountAsync("session where state = 'found'") > before);
            killed.Signal("KILL");
            await killed.ExitCodeAsync();
        }

        await using var demo = Demo();
        Assert.Equal(0, await demo.ExitCodeAsync());
        Assert.Contains("Going on at", demo.Output, StringComparison.Ordinal);
        await ThereIsEverySessionOnceAsync();
    }

    [Fact]
    public async Task A_killed_PostgreSQL_is_waited_for_and_nothing_is_lost()
    {
        await using var demo = Demo();
        await TestTime.UntilAsync("a session is found", async () => await CountAsync("session where state = 'found'") > 0);
        _folder.KillDemoPostgreSql();
        Assert.Equal(0, await demo.ExitCodeAsync());
        await ThereIsEverySessionOnceAsync();
    }

    private EodProcess Demo() => EodProcess.Start(_folder, ["demo", "--days", "1", "--speed", "2880", "--port", "0", "--summary", Summary]);

    private async Task ThereIsEverySessionOnceAsync()
    {
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Summary));
        var sessions = summary.RootElement.GetProperty("sessions").GetInt32();
        Assert.Equal(sessions, summary.RootElement.GetProperty("found").GetInt32());

        // The demo has stopped its database; it is looked into once more.
        var server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = Path.Combine(_folder.Data, "demo") });
        await server.StartAsync(TestTime.Wall, CancellationToken.None);
        Assert.Equal(sessions, await CountAsync("session where state = 'found'"));
        Assert.Equal(sessions, await CountAsync("payload"));
        Assert.Equal(0, await CountAsync("payload where version > 1"));
        await server.StopAsync(CancellationToken.None);
    }

    /// <summary>Counts rows of the demo's database; none while it is away.</summary>
    private async Task<long> CountAsync(string rows)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"Host={Path.Combine(_folder.Data, "demo")};Username=eod;Database=eod;Pooling=false;Timeout=5");
            await connection.OpenAsync();
            await using var count = new NpgsqlCommand($"select count(*) from eod.{rows}", connection);
            return (long)(await count.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return 0;
        }
    }
}
