using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>
/// Scripts in up to four languages that record at the same time while they, and the database server, are killed. What a script printed is
/// what the world has seen.
/// </summary>
public sealed class OrderStormTests : IAsyncLifetime, IDisposable
{
    private const int Lanes = 16;
    private const int LongOrders = 200;
    private const int Orders = 4;
    private const int Shared = 2;

    private static readonly string[] Scripts =
        [.. new[] { "record_http.py", "record_http.js", "record.sh", "record_http.pl" }.Where(script => ExampleScript.Missing(script) is null)];

    private readonly ServedFolder _served = new();
    private readonly ConcurrentBag<(string Source, string Key, long Id)> _seen = [];
    private int _killed;

    public Task InitializeAsync() => _served.InitializeAsync();

    public Task DisposeAsync() => _served.DisposeAsync();

    public void Dispose() => _served.Dispose();

    [Fact]
    public Task No_order_is_lost_and_no_key_has_two_ids() => StormAsync(Orders, serverKills: 2);

    [Fact]
    [Trait("Category", "Long")]
    public Task No_order_of_thousands_is_lost_and_no_key_has_two_ids() => StormAsync(LongOrders, serverKills: 24);

    private async Task StormAsync(int orders, int serverKills)
    {
        Assert.NotEmpty(Scripts);
        var recording = Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RecordAsync(lane, orders)));
        for (var kill = 1; kill <= serverKills; kill++)
        {
            var enough = _seen.Count + (Lanes * orders / (serverKills + 2));
            await TestTime.UntilAsync("more orders are recorded", () => Task.FromResult(_seen.Count >= enough || recording.IsCompleted));
            _served.KillPostgreSql();
        }

        await recording;
        Assert.True(_killed > 0, "scripts were killed");
        await TestTime.UntilAsync("the database is back", async () => await _served.Eod.StatusOfAsync("/health/ready") == System.Net.HttpStatusCode.OK);
        await CheckAsync(orders);
    }

    private async Task CheckAsync(int orders)
    {
        var byKey = _seen.GroupBy(order => (order.Source, order.Key)).ToList();
        Assert.Equal((Lanes * (orders - Shared)) + Shared, byKey.Count);
        Assert.All(byKey, key => Assert.Single(key.Select(order => order.Id).Distinct()));
        Assert.Equal(byKey.Count, byKey.Select(key => key.First().Id).Distinct().Count());

        var recorded = new Dictionary<(string, string), long>();
        NpgsqlConnection.ClearAllPools();
        await using (var read = _served.Database.CreateCommand("select source, client_key, order_id from eod.orders"))
        await using (var rows = await read.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                recorded.Add((rows.GetString(0), rows.GetString(1)), rows.GetInt64(2));
            }
        }

        Assert.Equal(byKey.ToDictionary(key => key.Key, key => key.First().Id), recorded);
        await using var unbalanced = _served.Database.CreateCommand(
            "select count(*) from eod.order_ledger() where issued <> used + reserved + leased_unused + abandoned or used + abandoned < 0");
        Assert.Equal(0L, await unbalanced.ExecuteScalarAsync());
    }

    // The last keys are the same for every lane: whoever comes first makes the order, and all get its id.
    private async Task RecordAsync(int lane, int orders)
    {
        var chance = new Random(lane);
        for (var order = 0; order < orders; order++)
        {
            var source = order < orders - Shared ? $"lane{lane}" : "shared";
            long? id = null;
            while (id is null)
            {
                id = await TryAsync(Scripts[(lane + order) % Scripts.Length], source, $"k{order}", chance);
            }

            _seen.Add((source, $"k{order}", id.Value));
        }
    }

    private async Task<long?> TryAsync(string script, string source, string key, Random chance)
    {
        using var process = ExampleScript.Start(script, _served.Eod.Url, _served.Data, source, key, """{"side":"buy"}""");
        var output = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        if (chance.Next(4) == 0)
        {
            // At any moment of its life.
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(150)), TestTime.Wall);
            if (!process.HasExited)
            {
                process.Kill();
                Interlocked.Increment(ref _killed);
            }
        }

        await process.WaitForExitAsync();
        return long.TryParse(await output, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
