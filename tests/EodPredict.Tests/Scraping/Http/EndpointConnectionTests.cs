using System.Net;
using System.Net.Sockets;
using EodPredict.Replay;
using EodPredict.Scraping.Http;
using EodPredict.Tests.Providers;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Tests.Scraping.Http;

public sealed class EndpointConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_reply_has_its_own_type_and_what_it_says_of_the_limit()
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            var isPlain = context.Request.Path == "/plain";
            (context.Response.ContentType, context.Response.Headers.RetryAfter) = (isPlain ? "text/plain; charset=utf-8" : null, isPlain ? "7" : "");
            context.Response.Headers["x-ratelimit-limit"] = isPlain ? "60;w=60" : default;
            await context.Response.WriteAsync("body");
        });
        using var connection = new EndpointConnection([], TestTime.Wall);
        foreach (var path in new[] { "/plain", "/none", "/plain", "/none" })
        {
            var reply = await connection.FetchAsync(new Uri(vendor.Address + path), CancellationToken.None).WaitAsync(Patience);

            Assert.Equal((200, "body"), (reply.Status, System.Text.Encoding.UTF8.GetString(reply.Body!)));
            Assert.Equal(path == "/plain" ? "text/plain" : null, reply.ContentType);
            Assert.Equal(path == "/plain" ? TimeSpan.FromSeconds(7) : null, reply.Verdict.Hint.RetryAfter);
            Assert.Equal(path == "/plain" ? 60 : null, reply.Verdict.Hint.Quota);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_not_whole_in_time_is_a_fault(bool hasBegun)
    {
        var asked = new TaskCompletionSource();
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            if (hasBegun)
            {
                await context.Response.WriteAsync("half");
                await context.Response.Body.FlushAsync();
            }

            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TestTime.Wall, context.RequestAborted);
        });
        var time = new VirtualTimeProvider(DateTimeOffset.UnixEpoch);
        using var connection = new EndpointConnection([], time);
        var fetching = connection.FetchAsync(new Uri(vendor.Address), CancellationToken.None);
        await asked.Task.WaitAsync(Patience);
        time.AdvanceBy(TimeSpan.FromSeconds(29.9));
        Assert.False(fetching.IsCompleted);
        time.AdvanceBy(TimeSpan.FromSeconds(0.6));

        var reply = await fetching.WaitAsync(Patience);

        Assert.Equal((ReplyKind.Transient, "No whole reply came within 30 s.", false), (reply.Verdict.Kind, reply.Verdict.Reason, reply.Verdict.IsAnswer));
    }

    [Fact]
    public async Task Whoever_cancels_is_told_so()
    {
        await using var vendor = await TestVendor.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TestTime.Wall, context.RequestAborted));
        using var connection = new EndpointConnection([], TestTime.Wall);
        using var cancelling = new CancellationTokenSource();
        var fetching = connection.FetchAsync(new Uri(vendor.Address), cancelling.Token);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.WaitAsync(Patience));
    }

    [Fact]
    public async Task Where_no_connection_can_be_made_it_is_tried_again_before_it_is_a_fault()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var time = new VirtualTimeProvider(DateTimeOffset.UnixEpoch);
        using var connection = new EndpointConnection([], time);
        var fetching = connection.FetchAsync(new Uri($"http://127.0.0.1:{port}/"), CancellationToken.None);
        var began = TestTime.Wall.GetTimestamp();
        while (!(time.NextTimer < DateTimeOffset.UnixEpoch.AddSeconds(1)) && TestTime.Wall.GetElapsedTime(began) < Patience)
        {
            await Task.Yield();
        }

        Assert.False(fetching.IsCompleted);
        time.AdvanceBy(TimeSpan.FromSeconds(0.1));

        var reply = await fetching.WaitAsync(Patience);

        Assert.Equal((ReplyKind.Transient, "No connection to the provider could be made."), (reply.Verdict.Kind, reply.Verdict.Reason));
    }
}
