using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Providers;

/// <summary>A provider on loopback that answers as the test says, and counts the calls it got.</summary>
internal sealed class TestVendor : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TestVendor(WebApplication server) => _server = server;

    public string Address { get; private set; } = "";

    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Calls { get; } = [];

    public static async Task<TestVendor> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        var server = builder.Build();
        var vendor = new TestVendor(server);
        server.Run(async context =>
        {
            vendor.Calls.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization));
            await answer(context);
        });
        await server.StartAsync();
        vendor.Address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return vendor;
    }

    public async ValueTask DisposeAsync()
    {
        // Calls that hang on purpose are not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }
}
