using System.IO.Compression;
using System.Text;
using EodPredict.Providers;
using EodPredict.Tests.Database;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Tests.Providers;

public sealed class ProviderClientTests(TestDatabase database) : ProviderClientTestBase(database)
{
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
            await using var connection = await Database.DataSource.OpenConnectionAsync();
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
}
