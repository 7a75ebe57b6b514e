using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using EodPredict.Providers;
using EodPredict.Tests.Database;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Tests.Providers;

/// <summary>What a provider can do wrong; none of it is more than an observation.</summary>
public sealed class ProviderClientFaultTests(TestDatabase database) : ProviderClientTestBase(database)
{
    [Fact]
    public async Task A_provider_that_hangs_is_broken_after_the_time_out()
    {
        await using var vendor = await TestVendor.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TestTime.Wall, context.RequestAborted));
        await IsBrokenAsync(vendor, "\"Timeout\": \"300ms\",", "No whole reply came within 0.3 s.");
    }

    [Fact]
    public async Task A_reply_that_drips_is_broken_after_the_time_out()
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ");
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestTime.Wall);
            }
        });
        var observation = await IsBrokenAsync(vendor, "\"Timeout\": \"500ms\",", "No whole reply came within 0.5 s.");
        Assert.Equal(200, observation.Status);
    }

    [Fact]
    public async Task A_reply_of_ten_gigabytes_is_cut_and_not_read_on()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sent = ServeTenGigabytesAsync(listener);
        var observation = (await AskAsync($"http://{listener.LocalEndpoint}", "\"MaxReplyBytes\": 100000,")).Observation;
        Assert.Equal((ReplyOutcome.Broken, 200, 10_000_000_000), (observation.Outcome, observation.Status, observation.ContentLength));
        Assert.Contains("longer than 100000 bytes", observation.Reason, StringComparison.Ordinal);
        Assert.InRange(await sent.WaitAsync(Patience), 100_000, 100_000_000);
    }

    [Fact]
    public async Task A_reply_that_is_small_only_while_compressed_is_cut()
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var body = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await body.WriteAsync(new byte[10_000_000]);
        });
        await IsBrokenAsync(vendor, "\"MaxReplyBytes\": 100000,", "longer than 100000 bytes");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_reply_that_is_not_compressed_as_it_says_is_broken(string encoding)
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.WriteAsync(Row);
        });
        await IsBrokenAsync(vendor, "", "compressed");
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_broken_and_the_get_is_sent_once()
    {
        await using var vendor = await TestVendor.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await IsBrokenAsync(vendor, "", "");
        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_broken()
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync(Row);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await IsBrokenAsync(vendor, "", "");
        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task Garbage_in_place_of_a_reply_is_broken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeGarbageAsync(listener);
        var reply = await AskAsync($"http://{listener.LocalEndpoint}");
        Assert.Equal((ReplyOutcome.Broken, null), (reply.Observation.Outcome, reply.Observation.Status));
        await served;
    }

    [Fact]
    public async Task A_get_is_not_sent_again_over_a_connection_that_turns_out_to_be_dead()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = ServeOnceThenHangUpAsync(listener);
        using (var client = Client($"http://{listener.LocalEndpoint}", "", out var dataset))
        {
            await client.AskAsync(dataset, "T.US", Session, CheckMethod.Get, CancellationToken.None).WaitAsync(Patience);
            await client.AskAsync(dataset, "T.US", Session, CheckMethod.Get, CancellationToken.None).WaitAsync(Patience);
        }

        listener.Stop();
        Assert.Equal(2, await requests.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_broken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        listener.Stop();
        Assert.Equal(ReplyOutcome.Broken, (await AskAsync(address)).Observation.Outcome);
        Assert.Equal(ReplyOutcome.Broken, (await AskAsync(address, method: CheckMethod.Head)).Observation.Outcome);
        Assert.Equal(ReplyOutcome.Broken, (await AskAsync("http://no-such-host.invalid")).Observation.Outcome);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_tls_is_broken()
    {
        await using var vendor = await TestVendor.StartAsync(context => context.Response.WriteAsync(Row));
        var reply = await AskAsync(vendor.Address.Replace("http:", "https:", StringComparison.Ordinal));
        Assert.Equal(ReplyOutcome.Broken, reply.Observation.Outcome);
        Assert.Empty(vendor.Calls);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        await using var other = await TestVendor.StartAsync(context => context.Response.WriteAsync(Row));
        await using var vendor = await TestVendor.StartAsync(context =>
        {
            context.Response.Redirect($"http://other.example:1/?k={TestCatalog.Key}");
            return Task.CompletedTask;
        });
        await IsBrokenAsync(vendor, "", "\"other.example\"");
        Assert.Empty(other.Calls);
    }

    // Gives how many bytes could be sent before the other side hung up.
    private static async Task<long> ServeTenGigabytesAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"u8.ToArray());
        var sent = 0L;
        try
        {
            for (var block = new byte[64 * 1024]; sent < 10_000_000_000; sent += block.Length) await stream.WriteAsync(block);
        }
        catch (IOException)
        {
            // The client has hung up, as it should.
        }

        return sent;
    }

    private static async Task ServeGarbageAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync("\u0001\u0002 no HTTP at all\r\n\r\n"u8.ToArray());
    }

    // Answers the first request of a connection, promises to keep it, and closes it on the next one unanswered. Gives the number of requests.
    private static async Task<int> ServeOnceThenHangUpAsync(TcpListener listener)
    {
        var requests = 0;
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                var stream = connection.GetStream();
                if (await stream.ReadAsync(new byte[4096]) == 0) continue;
                requests++;
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n[]"u8.ToArray());
                if (await stream.ReadAsync(new byte[4096]) > 0) requests++;
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // The listener was stopped.
            return requests;
        }
    }
}
