namespace EodPredict.Tests.Orders;

/// <summary>One durable server for the suites.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    public OrderServer Server { get; private set; } = null!;

    internal ConformanceSuite Suite { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await OrderServer.StartNewAsync();
        Suite = new ConformanceSuite(Server);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
