using System.Net;
using System.Net.Sockets;
using EodPredict.Replay.Recorded;
using EodPredict.Replay.Vendor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Replay;

/// <summary>
/// A data vendor on recorded days: a real HTTP server that publishes each session at its recorded arrival on the service's clock and
/// answers before it as the options choose. Everything drawn comes from the seed. It logs nothing, so no key
/// either. Safe for concurrent use.
/// </summary>
/// <remarks>
/// GET and HEAD /eod/{ticker}?date=yyyy-MM-dd&amp;key=… (rows of prices), GET /status (an HTML table), GET /account (what was asked and
/// what it costs), GET /items/{id} (small objects under a limit of their own, without a key).
/// </remarks>
public sealed class ReplayProvider : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly VendorCounters _counters;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private ReplayProvider(WebApplication server, VendorCounters counters, CancellationTokenSource stopping)
    {
        _server = server;
        _counters = counters;
        _stopping = stopping;
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        BaseAddress = new($"{addresses.First()}/");
    }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What it has been asked so far, exact at the instant of the call.</summary>
    public VendorUsage Usage => _counters.Read();

    /// <summary>Starts it; it answers when this returns.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="days">What it publishes, and when.</param>
    /// <param name="serviceClock">Says what has arrived; runs outages and daily quotas.</param>
    /// <param name="wallClock">Runs rate limits, bans and latencies.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ReplayProviderException">An option is out of its range (all are listed), or its address is taken.</exception>
    public static async Task<ReplayProvider> StartAsync(
        ReplayProviderOptions options,
        RecordedDays days,
        TimeProvider serviceClock,
        TimeProvider wallClock,
        CancellationToken cancellationToken)
    {
        if (OptionFaults.Find(options) is { Count: > 0 } faults)
        {
            throw new ReplayProviderException($"The replay provider cannot start:\n  {string.Join("\n  ", faults)}");
        }

        var counters = new VendorCounters(options);
        var pages = new VendorPages(options, new(days), counters, serviceClock, wallClock);
        var stopping = new CancellationTokenSource();
        var server = Build(options, pages, stopping.Token);
        try
        {
            await server.StartAsync(cancellationToken);
            return new(server, counters, stopping);
        }
        catch (Exception reason)
        {
            stopping.Dispose();
            await server.DisposeAsync();
            if (reason is IOException or SocketException)
            {
                throw new ReplayProviderException(Describe(options, reason), reason);
            }

            throw;
        }
    }

    /// <summary>Stops it; requests that are still open are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stopping.CancelAsync();
            await _server.StopAsync();
            await _server.DisposeAsync();
            _stopping.Dispose();
        }
    }

    private static string Describe(ReplayProviderOptions options, Exception reason) => reason.InnerException is AddressInUseException
        ? $"Port {options.Port} of {options.Address} is in use: choose another with {ReplayProviderOptions.Section}:Port."
        : $"The replay provider cannot listen on port {options.Port} of {options.Address}: {reason.Message}. Choose others with "
            + $"{ReplayProviderOptions.Section}:Address and {ReplayProviderOptions.Section}:Port.";

    private static WebApplication Build(ReplayProviderOptions options, VendorPages pages, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        var server = builder.Build();
        server.MapMethods("/eod/{ticker}", ["GET", "HEAD"], (HttpContext context, string ticker) =>
            AnswerAsync(context, stop => pages.EodAsync(context, ticker, stop), stopping));
        server.MapMethods("/items/{id}", ["GET"], (HttpContext context, string id) =>
            AnswerAsync(context, stop => pages.ItemAsync(context, id, stop), stopping));
        server.MapMethods("/status", ["GET"], (HttpContext context) =>
            AnswerAsync(context, stop => pages.StatusAsync(context, stop), stopping));
        server.MapMethods("/account", ["GET"], (HttpContext context) =>
            AnswerAsync(context, stop => pages.AccountAsync(context, stop), stopping));
        return server;
    }

    /// <summary>A client that leaves, or the end of the server, ends the answer; neither is an error.</summary>
    private static async Task AnswerAsync(HttpContext context, Func<CancellationToken, Task> answer, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await answer(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
