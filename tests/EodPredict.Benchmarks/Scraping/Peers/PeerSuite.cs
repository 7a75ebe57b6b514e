using System.Globalization;
using EodPredict.Benchmarks.Scraping.Servers;

namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>
/// The same items from the same real servers, fetched by the tools people use today, each at its defaults and at the best of a few
/// settings, and by <c>eod scrape</c>. A tool does the work at all servers at a time, as each is mostly waiting.
/// </summary>
internal static class PeerSuite
{
    private const int Items = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    private static readonly (string Name, Func<Task<LimitedServer>> StartAsync)[] Servers =
    [
        ("nginx limit_req, 50/s, burst 1", NginxServer.StartSpacingAsync), ("HAProxy, 50 per 1 s, refusals count", HaproxyServer.StartAsync),
        ("ASP.NET Core, 500 per 10 s", AspNetServer.StartFixedAsync), ("50/s, 20 refusals in 2 s ban for 10 s", ReplayServer.StartBanAsync),
    ];

    private static readonly (string Part, Peer[] Settings)[] Peers =
    [
        ("eod", [new("eod scrape", "", ScrapeAsync)]),
        ("scrapy", Set("Scrapy AutoThrottle", (name, setting) => PeerProcess.Python(name, "autothrottle.py", setting), "",
            "concurrency=4 start=0.1 retries=20", "concurrency=8 start=0.1 retries=20")),
        ("aws", Set("AWS SDK, adaptive", (name, setting) => PeerProcess.Node(name, "aws.mjs", setting), "",
            "workers=8 attempts=50", "workers=32 attempts=50")),
        ("crawlee", Set("Crawlee", (name, setting) => PeerProcess.Node(name, "crawlee.mjs", setting), "",
            "most=8 retries=50", "most=32 retries=50")),
        ("bottleneck", Set("Bottleneck, told the limit", (name, setting) => PeerProcess.Node(name, "bottleneck.mjs", setting), "",
            "apart=20.1 retries=20", "apart=16.7 retries=20")),
        ("polly", Set("Polly, exponential back-off", (name, setting) => PeerProcess.Own(name, "polly", setting), "",
            "workers=8 retries=50 delay=0.1", "workers=32 retries=50 delay=0.5")),
        ("oracle", [PeerProcess.Own("oracle: told the limit, 99.5% of it", "oracle", "")]),
    ];

    /// <summary>The names of the parts: a tool each.</summary>
    public static IReadOnlyCollection<string> PartNames { get; } = [.. Peers.Select(peer => peer.Part)];

    /// <param name="parts">Of <see cref="PartNames"/>; none for all.</param>
    public static async Task RunAsync(string[] parts)
    {
        var rows = new List<string[]>();
        foreach (var (_, settings) in Peers.Where(peer => parts is [] || parts.Contains(peer.Part)))
        {
            var runs = new List<PeerRun[]>();
            foreach (var peer in settings)
            {
                runs.Add(await Task.WhenAll(Servers.Select(server => RunAsync(peer, server.StartAsync))));
            }

            rows.Add(Row(settings[0].Name, runs[0]));
            if (runs.Count > 1)
            {
                rows.Add(Row("its best setting", [.. Servers.Select((_, place) => runs.Select(run => run[place]).MaxBy(run => run.Worth)!)]));
            }
        }

        FigureTable.Print($"./eod bench {string.Join(' ', ["peers", .. parts])}", ["", .. Servers.Select(server => server.Name)], rows);
    }

    private static async Task<PeerRun> RunAsync(Peer peer, Func<Task<LimitedServer>> startAsync)
    {
        await using var server = await startAsync();
        var result = await peer.RunAsync(server.Port, Items, Longest);
        var (count, refused) = (server.Count, await server.RefusedAsync());
        var run = new PeerRun(peer.Setting, Items, server.Scenario.Capacity(0), Longest, result, count, refused);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} {peer.Setting}, {server.Name}: {run}"));
        return run;
    }

    private static async Task<PeerResult> ScrapeAsync(int port, int items, TimeSpan longest)
    {
        await using var database = await BenchmarkServer.StartNewAsync();
        var (stored, rows) = await ScrapeCommand.RunAsync(database, port, items, longest);
        return new(stored, rows, stored == items);
    }

    private static Peer[] Set(string name, Func<string, string, Peer> peer, params string[] settings) =>
        [.. settings.Select(setting => peer(name, setting))];

    private static string[] Row(string name, PeerRun[] runs) => [name, .. runs.Select(run => run.ToString())];
}
