using System.Net;
using EodPredict.Tests.Scraping.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>
/// What a limit stands in front of: GET /items/{id} takes about as long as the simulation's servers do, and is counted. Safe for concurrent
/// use.
/// </summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(1);
    private readonly Dictionary<string, int> _served = [];
    private readonly double _median;
    private readonly WebApplication _server;
    private TimeSpan _wanted;
    private TimeSpan _took;
    private long _first;
    private long _last;

    private Origin(WebApplication server, double median) => (_server, _median) = (server, median);

    public int Port => new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Replies given, from the start of the first to the end of the last.</summary>
    public OriginCount Count
    {
        get
        {
            lock (_lock)
            {
                return new(
                    _served.Values.Sum(), _served.Count, BenchmarkTime.Wall.GetElapsedTime(_first, _last),
                    _wanted > TimeSpan.Zero ? _took / _wanted : 1);
            }
        }
    }

    /// <param name="latency">Of a request and its reply at the median, the network's share included; zero answers at once.</param>
    /// <param name="before">Adds what stands in front; null for nothing.</param>
    /// <param name="services">Adds what that needs.</param>
    public static async Task<Origin> StartAsync(
        TimeSpan latency, Action<WebApplication>? before = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        services?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var origin = new Origin(builder.Build(), latency.TotalSeconds);
        before?.Invoke(origin._server);
        origin._server.MapGet("/items/{id}", origin.ServeAsync);
        await origin._server.StartAsync();
        return origin;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context, string id)
    {
        var (takes, began) = (Begin(), BenchmarkTime.Wall.GetTimestamp());
        if (takes > TimeSpan.Zero)
        {
            await Task.Delay(takes, BenchmarkTime.Wall, context.RequestAborted);
        }

        var text = $$"""{"id":"{{id}}","close":101.25,"volume":1048576}""";
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", text.Length);
        await context.Response.WriteAsync(text, context.RequestAborted);
        End(id, takes, BenchmarkTime.Wall.GetElapsedTime(began));
    }

    private TimeSpan Begin()
    {
        lock (_lock)
        {
            _first = _first == 0 ? BenchmarkTime.Wall.GetTimestamp() : _first;
            return TimeSpan.FromSeconds(_median * (1 - Scenario.NetworkShare) * Math.Exp(0.15 * Chance.Normal(_random)));
        }
    }

    private void End(string id, TimeSpan wanted, TimeSpan took)
    {
        lock (_lock)
        {
            (_wanted, _took) = (_wanted + wanted, _took + took);
            _served[id] = _served.GetValueOrDefault(id) + 1;
            _last = BenchmarkTime.Wall.GetTimestamp();
        }
    }
}
