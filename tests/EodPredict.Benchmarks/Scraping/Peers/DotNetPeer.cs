using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using EodPredict.Scraping.Pace;
using Polly;
using Polly.Retry;

namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>The peers that are .NET programs, each in a process of its own. Arguments as the scripts of peers/ have them.</summary>
internal sealed class DotNetPeer
{
    // A refused item of the oracle waits behind those that were not sent.
    private const double OracleShare = 0.995;

    private static readonly HttpClient Http = new();

    private readonly ConcurrentDictionary<string, int> _stored = [];
    private readonly string _address;
    private readonly string[] _items;
    private readonly Dictionary<string, double> _setting;

    private DotNetPeer(string address, int items, string[] settings)
    {
        (_address, _items) = (address, [.. Enumerable.Range(1, items).Select(item => item.ToString(CultureInfo.InvariantCulture))]);
        _setting = settings.Select(text => text.Split('=')).ToDictionary(part => part[0], part => double.Parse(part[1], CultureInfo.InvariantCulture));
    }

    public static async Task RunAsync(string[] arguments)
    {
        var peer = new DotNetPeer(arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture), arguments[3..]);
        using var stopping = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
        {
            peer.Report();
            Environment.Exit(0);
        });
        await (arguments[0] switch
        {
            "polly" => peer.BackOffAsync(),
            "bare" => peer.FetchAsync(),
            _ => peer.PaceAsync(),
        });
        peer.Report();
    }

    /// <summary>Nothing but fetching. workers: at a time.</summary>
    private Task FetchAsync() => Parallel.ForEachAsync(
        _items, new ParallelOptions { MaxDegreeOfParallelism = (int)Setting("workers", 32) },
        async (item, stop) => await GetAsync(item, stop));

    /// <summary>Polly's retry, exponential with jitter. workers: at a time. retries: 3 by default. delay: 2 s by default.</summary>
    private Task BackOffAsync()
    {
        var retry = new ResiliencePipelineBuilder<HttpStatusCode>()
            .AddRetry(new RetryStrategyOptions<HttpStatusCode>
            {
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxRetryAttempts = (int)Setting("retries", 3),
                Delay = TimeSpan.FromSeconds(Setting("delay", 2)),
                MaxDelay = TimeSpan.FromSeconds(60),
                ShouldHandle = new PredicateBuilder<HttpStatusCode>().HandleResult(status => status != HttpStatusCode.OK),
            })
            .Build();
        var options = new ParallelOptions { MaxDegreeOfParallelism = (int)Setting("workers", 32) };
        return Parallel.ForEachAsync(_items, options, async (item, stop) => await retry.ExecuteAsync(
            async (_, token) => await GetAsync(item, token), item, stop));
    }

    /// <summary>The limit is told by rate: evenly, just under it. No tool knows it.</summary>
    private async Task PaceAsync()
    {
        using var due = new SemaphoreSlim(0);
        using var timer = new PunctualTimer(BenchmarkTime.Wall, () => due.Release());
        var began = BenchmarkTime.Wall.GetTimestamp();
        var waiting = new ConcurrentQueue<string>(_items);
        var sent = 0;
        while (_stored.Count < _items.Length)
        {
            timer.Set(TimeSpan.FromSeconds(sent++ / (OracleShare * Setting("rate", 50))) - BenchmarkTime.Wall.GetElapsedTime(began));
            await due.WaitAsync();
            if (waiting.TryDequeue(out var item))
            {
                _ = SendAsync(item);
            }
        }

        async Task SendAsync(string item)
        {
            if (await GetAsync(item, CancellationToken.None) != HttpStatusCode.OK)
            {
                waiting.Enqueue(item);
            }
        }
    }

    private async Task<HttpStatusCode> GetAsync(string item, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(_address + item), cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
            _stored.AddOrUpdate(item, 1, (_, times) => times + 1);
        }

        return response.StatusCode;
    }

    private double Setting(string name, double otherwise) => _setting.GetValueOrDefault(name, otherwise);

    private void Report() => Console.WriteLine(JsonSerializer.Serialize(new { stored = _stored.Count, rows = _stored.Values.Sum() }));
}
