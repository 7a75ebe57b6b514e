using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>A real server with a limit, on a port of loopback.</summary>
internal sealed class LimitedServer : IAsyncDisposable
{
    private readonly Func<Task<long>> _refused;
    private readonly Func<ValueTask> _stop;
    private readonly Origin _origin;

    /// <param name="name">Its kind and limit.</param>
    /// <param name="scenario">The same law in the simulation.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="origin">What it protects.</param>
    /// <param name="refused">How many it has refused so far.</param>
    /// <param name="stop">Ends it.</param>
    public LimitedServer(string name, Scenario scenario, int port, Origin origin, Func<Task<long>> refused, Func<ValueTask> stop)
    {
        (Name, Scenario, Port, _origin, _refused, _stop) = (name, scenario, port, origin, refused, stop);
    }

    /// <summary>Of a request that is served, at the median.</summary>
    public static TimeSpan Latency { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The server's share of it, which is all that a request takes over loopback, at the median.</summary>
    public static TimeSpan Held { get; } = Latency * (1 - Scenario.NetworkShare);

    public string Name { get; }

    public Scenario Scenario { get; }

    public int Port { get; }

    /// <summary>What it has admitted.</summary>
    public OriginCount Count => _origin.Count;

    public Task<long> RefusedAsync() => _refused();

    public async ValueTask DisposeAsync()
    {
        await _stop();
        await _origin.DisposeAsync();
    }
}
