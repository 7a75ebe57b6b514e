using System.Net;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;

namespace EodPredict.Tests.Replay;

/// <summary>A replay provider with two tickers of four sessions, on clocks that a test moves, and a client for it.</summary>
internal sealed class ReplayProviderFixture : IAsyncDisposable
{
    public const string Key = "s3cret-k3y";

    /// <summary>The close of the first session, Monday 2024-03-25. Ticker A arrives 95 minutes after each close, B after 155.</summary>
    public static readonly DateTimeOffset FirstClose = new(2024, 3, 25, 20, 0, 0, TimeSpan.Zero);

    private static readonly SocketsHttpHandler Handler = new() { AllowAutoRedirect = false };

    private ReplayProviderFixture(ReplayProvider provider, VirtualTimeProvider clock, VirtualTimeProvider wall)
    {
        Provider = provider;
        Clock = clock;
        Wall = wall;
        Client = new(Handler, disposeHandler: false) { BaseAddress = provider.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
    }

    public ReplayProvider Provider { get; }

    /// <summary>The service's clock; starts at the first close.</summary>
    public VirtualTimeProvider Clock { get; }

    /// <summary>What the limits of rate run on.</summary>
    public VirtualTimeProvider Wall { get; }

    public HttpClient Client { get; }

    public static RecordedDays Days { get; } = new(
        from day in Enumerable.Range(0, 4)
        from ticker in new[] { ("A", 95), ("B", 155) }
        let close = FirstClose.AddDays(day)
        select new RecordedSession(ticker.Item1, DateOnly.FromDateTime(close.Date), close, close.AddMinutes(ticker.Item2)));

    public static async Task<ReplayProviderFixture> StartAsync(Action<ReplayProviderOptions>? configure = null)
    {
        var options = new ReplayProviderOptions { Key = Key };
        configure?.Invoke(options);
        var (clock, wall) = (new VirtualTimeProvider(FirstClose), new VirtualTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        return new(await ReplayProvider.StartAsync(options, Days, clock, wall, CancellationToken.None), clock, wall);
    }

    public static string Address(string ticker, string date, string key = Key) => $"eod/{ticker}?date={date}&key={key}";

    public async Task<HttpResponseMessage> GetAsync(string address) => await Client.GetAsync(address);

    public async Task<HttpResponseMessage> HeadAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        return await Client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var response = await GetAsync(address);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Provider.DisposeAsync();
    }
}
