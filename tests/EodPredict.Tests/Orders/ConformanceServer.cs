namespace EodPredict.Tests.Orders;

/// <summary>One durable server for the suite.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    private OrderServer _server = null!;

    internal ConformanceSuite Suite { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await OrderServer.StartNewAsync();
        Suite = new ConformanceSuite(_server);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();
}
