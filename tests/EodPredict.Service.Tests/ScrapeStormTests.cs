using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace EodPredict.Service.Tests;

/// <summary>
/// Several commands scrape one endpoint while they are killed and paused, PostgreSQL is killed, and the endpoint is away for a while.
/// </summary>
public sealed class ScrapeStormTests(ServedFolder served, ITestOutputHelper output) : IClassFixture<ServedFolder>, IDisposable
{
    private static readonly TimeSpan LongOutage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    private readonly TestFolder _folder = new();
    private readonly ConcurrentDictionary<string, EodProcess> _running = [];
    private EodProcess? _vendor;
    private int _limit;
    private int _killed;

    private (string, string) Database => ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");

    [Fact]
    public Task Every_item_is_stored_once_whatever_is_killed() => StormAsync("few", jobs: 3, items: 1500, limit: 300, (names, url) =>
    [
        () => KillAsync(names[0]), () => PauseAsync(names[1], "few"), () => KillAsync(names[2]), () => Task.Run(served.KillPostgreSql),
        () => AwayAsync(url, "few"), () => KillAsync(names[1]),
    ]);

    /// <summary>A kill every few seconds, and the same without any; the makespans are of docs/scraping.md.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Every_item_of_100_000_is_stored_once_whatever_is_killed(bool isStormy)
    {
        const int Blows = 24;
        var name = isStormy ? "storm" : "calm";
        return StormAsync(name, jobs: 4, items: 25_000, limit: 500, (names, url) => !isStormy ? [] :
        [
            .. Enumerable.Range(1, Blows).Select(blow => (Func<Task>)(() => blow switch
            {
                6 => PauseAsync(names[1], name),
                11 => Task.Run(served.KillPostgreSql),
                16 => AwayAsync(url, name, LongOutage),
                _ => KillAsync(names[blow % names.Length]),
            })),
        ]);
    }

    public void Dispose() => _folder.Dispose();

    private async Task StormAsync(string name, int jobs, int items, int limit, Func<string[], string, Func<Task>[]> blowsOf)
    {
        _limit = limit;
        _vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", limit, latency: Latency);
        var url = _vendor.Url;
        var names = Enumerable.Range(1, jobs).Select(job => $"{name}-{job}").ToArray();
        var began = TestTime.Wall.GetTimestamp();
        var finishing = Task.WhenAll(names.Select(job => RunAsync(job, $"{url}items/{{id}}", items)));
        var blows = blowsOf(names, url);
        for (var blow = 0; blow < blows.Length; blow++)
        {
            var enough = (long)jobs * items * (blow + 1) / (blows.Length + 4);
            await TestTime.UntilAsync($"{enough} are stored", async () => await StoredAsync(name) >= enough);
            await blows[blow]();
        }

        await finishing;
        output.WriteLine($"{name}: {jobs * items} items in {TestTime.Wall.GetElapsedTime(began).TotalSeconds:0.0} s; {_killed} killed");
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
            exit = await scrape.ExitCodeAsync(LongestRun);
            _running.TryRemove(job, out _);
        }
        while (exit != 0);
    }

    private Task KillAsync(string job)
    {
        if (_running.TryGetValue(job, out var scrape))
        {
            _killed++;
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

    private async Task AwayAsync(string url, string name, TimeSpan longAway = default)
    {
        var gone = TestTime.Wall.GetTimestamp();
        await _vendor!.DisposeAsync();
        var stored = -1L;
        await TestTime.UntilAsync("nothing more is stored", async () =>
            stored == (stored = await StoredAsync(name)) && TestTime.Wall.GetElapsedTime(gone) >= longAway);
        _vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", _limit, new Uri(url).Port, Latency);
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
