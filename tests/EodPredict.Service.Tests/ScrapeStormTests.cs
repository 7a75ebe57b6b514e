using System.Collections.Concurrent;
using System.Globalization;

namespace EodPredict.Service.Tests;

/// <summary>
/// Several commands scrape one endpoint while they are killed and paused, PostgreSQL is killed, and the endpoint is away for a while.
/// </summary>
public sealed class ScrapeStormTests(ServedFolder served) : IClassFixture<ServedFolder>, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ConcurrentDictionary<string, EodProcess> _running = [];
    private EodProcess? _vendor;
    private int _limit;

    private (string, string) Database => ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");

    [Fact]
    public Task Every_item_is_stored_once_whatever_is_killed() => StormAsync("few", jobs: 3, items: 1500, limit: 300);

    public void Dispose() => _folder.Dispose();

    private async Task StormAsync(string name, int jobs, int items, int limit)
    {
        _limit = limit;
        _vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", limit);
        var url = _vendor.Url;
        var names = Enumerable.Range(1, jobs).Select(job => $"{name}-{job}").ToArray();
        var finishing = Task.WhenAll(names.Select(job => RunAsync(job, $"{url}items/{{id}}", items)));
        Func<Task>[] blows =
        [
            () => KillAsync(names[0]), () => PauseAsync(names[1], name), () => KillAsync(names[2]), () => Task.Run(served.KillPostgreSql),
            () => AwayAsync(url, name), () => KillAsync(names[1]),
        ];
        for (var blow = 0; blow < blows.Length; blow++)
        {
            var enough = (long)jobs * items * (blow + 1) / (blows.Length + 4);
            await TestTime.UntilAsync($"{enough} are stored", async () => await StoredAsync(name) >= enough);
            await blows[blow]();
        }

        await finishing;
        await _vendor.DisposeAsync();
        foreach (var job in names)
        {
            Assert.Equal(
                $"done {items} {items} 0 {items} {items}",
                await ScalarAsync(
                    $"""
                    select concat_ws(' ', job.state, job.items, job.stored, job.failed, count(result.item_id), count(distinct item.item))
                    from eod.scrape_job job join eod.scrape_item item using (job_id) left join eod.scrape_result result using (item_id)
                    where job.name = '{job}' group by job.job_id
                    """));
        }
    }

    // The same command again and again until it says that it is done.
    private async Task RunAsync(string job, string url, int items)
    {
        int exit;
        do
        {
            await using var scrape = EodProcess.Start(
                _folder, ["scrape", "--job", job, "--url", url, "--ids", $"1..{items}"], Database);
            _running[job] = scrape;
            exit = await scrape.ExitCodeAsync();
            _running.TryRemove(job, out _);
        }
        while (exit != 0);
    }

    private Task KillAsync(string job)
    {
        if (_running.TryGetValue(job, out var scrape))
        {
            scrape.Signal("KILL");
        }

        return Task.CompletedTask;
    }

    private async Task PauseAsync(string job, string name)
    {
        var before = await StoredAsync(name);
        if (!_running.TryGetValue(job, out var paused))
        {
            return;
        }

        paused.Signal("STOP");
        await TestTime.UntilAsync("the others go on", async () => await StoredAsync(name) > before + (2 * _limit));
        paused.Signal("CONT");
    }

    private async Task AwayAsync(string url, string name)
    {
        await _vendor!.DisposeAsync();
        var stored = -1L;
        await TestTime.UntilAsync("nothing more is stored", async () => stored == (stored = await StoredAsync(name)));
        _vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", _limit, new Uri(url).Port);
    }

    private async Task<long> StoredAsync(string name) => long.Parse(
        await ScalarAsync($"select coalesce(sum(stored), 0) from eod.scrape_job where name like '{name}-%'"), CultureInfo.InvariantCulture);

    private async Task<string> ScalarAsync(string sql)
    {
        try
        {
            await using var command = served.Database.CreateCommand(sql);
            return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
        }
        catch (Npgsql.NpgsqlException)
        {
            // The server is being restarted.
            return "-1";
        }
    }
}
