using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EodPredict.Providers;
using EodPredict.Tests.Database;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Tests.Providers;

public sealed class ProviderClientTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Row = """[{"date":"2026-01-30","close":1.5}]""";
    private static readonly DateOnly Session = new(2026, 1, 30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CapturedLog<ProviderClient> _log = new();

    [Fact]
    public async Task Data_that_is_there_comes_with_its_body_and_its_observation()
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Row);
        });
        var reply = await AskAsync(vendor.Address);

        Assert.Equal(Row, Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Equal("application/json", reply.ContentType);
        var observation = reply.Observation;
        Assert.Equal(("d", "T.US", Session, CheckMethod.Get), (observation.Dataset, observation.Ticker, observation.SessionDate, observation.Method));
        Assert.Equal((ReplyOutcome.Available, 200, "\"v1\"", Session), (observation.Outcome, observation.Status, observation.EntityTag, observation.DataDate));
        Assert.True(observation.SentAt <= observation.FinishedAt);
        Assert.Equal($"/eod/T.US?date=2026-01-30&token={Uri.EscapeDataString(TestCatalog.Key)}", vendor.Calls.Single().Path);
        Assert.Equal($"Bearer {TestCatalog.Key}", vendor.Calls.Single().Authorization);
    }

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
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_reply_is_read(string encoding)
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream body = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
                _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
            };
            await body.WriteAsync(Encoding.UTF8.GetBytes(Row));
        });
        var reply = await AskAsync(vendor.Address);
        Assert.Equal(Row, Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Null(reply.Observation.ContentLength);
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

    [Theory]
    [InlineData(401, null, ReplyOutcome.Refused, null)]
    [InlineData(403, null, ReplyOutcome.Refused, null)]
    [InlineData(429, "30", ReplyOutcome.Throttled, 30)]
    [InlineData(503, "999999", ReplyOutcome.Throttled, 3600)]
    [InlineData(503, null, ReplyOutcome.Broken, null)]
    public async Task A_get_is_sent_once_whatever_the_status(int status, string? retryAfter, ReplyOutcome outcome, int? seconds)
    {
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            await context.Response.WriteAsync($"You sent {context.Request.Path}{context.Request.QueryString} with {TestCatalog.Key}");
        });
        var observation = (await AskAsync(vendor.Address)).Observation;
        Assert.Equal((outcome, status), (observation.Outcome, observation.Status));
        Assert.Equal(seconds, (int?)observation.RetryAfter?.TotalSeconds);
        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task A_head_is_compared_with_what_the_table_remembers_from_earlier_sessions()
    {
        var tag = "\"old\"";
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            context.Response.Headers.ETag = tag;
            context.Response.ContentLength = Row.Length;
            if (context.Request.Method == "GET") await context.Response.WriteAsync(Row.Replace("30", "29", StringComparison.Ordinal));
        });
        using var client = Client(vendor.Address, "", out var dataset);
        async Task<Observation> AskAndWriteAsync(DateOnly session, CheckMethod method)
        {
            var observation = (await client.AskAsync(dataset, "T.US", session, method, CancellationToken.None)).Observation;
            await using var connection = await database.DataSource.OpenConnectionAsync();
            await ObservationLog.WriteAsync(connection, observation, CancellationToken.None);
            return observation;
        }

        Assert.Equal(ReplyOutcome.Broken, (await AskAndWriteAsync(Session, CheckMethod.Head)).Outcome);
        Assert.Equal(ReplyOutcome.Available, (await AskAndWriteAsync(Session.AddDays(-1), CheckMethod.Get)).Outcome);
        var unchanged = await AskAndWriteAsync(Session, CheckMethod.Head);
        Assert.Equal((ReplyOutcome.NotYet, Row.Length), (unchanged.Outcome, unchanged.ContentLength));
        tag = "\"new\"";
        Assert.Equal(ReplyOutcome.Available, (await AskAndWriteAsync(Session, CheckMethod.Head)).Outcome);
        Assert.Equal(["HEAD", "GET", "HEAD", "HEAD"], vendor.Calls.Select(call => call.Method));
    }

    [Fact]
    public async Task A_page_for_the_whole_dataset_names_no_ticker()
    {
        await using var vendor = await TestVendor.StartAsync(context => context.Response.WriteAsync("<p id=updated>2026-01-30</p>"));
        var observation = (await AskAsync(vendor.Address, method: CheckMethod.Page)).Observation;
        Assert.Equal((ReplyOutcome.Available, null, CheckMethod.Page), (observation.Outcome, observation.Ticker, observation.Method));
    }

    [Fact]
    public async Task No_more_calls_are_in_flight_than_the_provider_bears()
    {
        var (inFlight, most) = (0, 0);
        var gate = new object();
        await using var vendor = await TestVendor.StartAsync(async context =>
        {
            lock (gate) most = Math.Max(most, ++inFlight);
            await Task.Delay(TimeSpan.FromMilliseconds(30), TestTime.Wall);
            lock (gate) inFlight--;
            await context.Response.WriteAsync(Row);
        });
        using var client = Client(vendor.Address, "\"MaxInFlight\": 2,", out var dataset);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.AskAsync(dataset, "T.US", Session, CheckMethod.Get, CancellationToken.None)))
            .WaitAsync(Patience);
        Assert.Equal(12, vendor.Calls.Count);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Only_the_caller_s_cancellation_escapes()
    {
        var arrived = new TaskCompletionSource();
        await using var vendor = await TestVendor.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TestTime.Wall, context.RequestAborted);
        });
        using var client = Client(vendor.Address, "", out var dataset);
        using var stop = new CancellationTokenSource();
        var asked = client.AskAsync(dataset, "T.US", Session, CheckMethod.Get, stop.Token);
        await arrived.Task.WaitAsync(Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_times_of_an_observation_are_the_service_s()
    {
        await using var vendor = await TestVendor.StartAsync(context => context.Response.WriteAsync(Row));
        var now = new DateTimeOffset(2031, 5, 1, 0, 0, 0, TimeSpan.Zero);
        using var client = Client(vendor.Address, "", out var dataset, new FixedTime(now));
        var observation = (await client.AskAsync(dataset, "T.US", Session, CheckMethod.Get, CancellationToken.None)).Observation;
        Assert.Equal((now, now), (observation.SentAt, observation.FinishedAt));
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

    private async Task<Observation> IsBrokenAsync(TestVendor vendor, string settings, string reason)
    {
        var reply = await AskAsync(vendor.Address, settings);
        Assert.Equal(ReplyOutcome.Broken, reply.Observation.Outcome);
        Assert.Contains(reason, reply.Observation.Reason, StringComparison.Ordinal);
        Assert.Equal(0, reply.Body.Length);
        return reply.Observation;
    }

    private async Task<ProviderReply> AskAsync(string address, string settings = "", CheckMethod method = CheckMethod.Get)
    {
        using var client = Client(address, settings, out var dataset);
        var reply = await client.AskAsync(dataset, "T.US", Session, method, CancellationToken.None).WaitAsync(Patience);

        // What holds for every call: one line, and the key nowhere.
        var line = Assert.Single(_log.Lines);
        _log.Lines.Clear();
        Assert.Contains(reply.Observation.Reason, line, StringComparison.Ordinal);
        foreach (var secret in new[] { TestCatalog.Key, Uri.EscapeDataString(TestCatalog.Key), "token=", "http://", "https://" })
        {
            Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, reply.Observation.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return reply;
    }

    private ProviderClient Client(string address, string settings, out Dataset dataset, TimeProvider? time = null)
    {
        var catalog = TestCatalog.Read($$"""
            {
              "p": {
                "BaseAddress": "{{address}}", "KeyFromEnvironment": "TEST_KEY", "Headers": { "Authorization": "Bearer {key}" }, {{settings}}
                "Datasets": {
                  "d": {
                    "Calendar": "XNYS", "Tickers": ["T.US"], "Url": "/eod/{ticker}?date={date}&token={key}", "HeadSign": "EntityTag",
                    "Rules": { "Format": "Json", "Date": "/date", "Required": ["/close"] },
                    "PageUrl": "/status", "PageRules": { "Format": "Html", "Selector": "#updated", "Date": ".+" }
                  }
                }
              }
            }
            """);
        dataset = catalog.Get("d");
        return new ProviderClient(catalog, database.DataSource, time ?? TestTime.Wall, TestTime.Wall, _log);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
