using System.Net;
using System.Text.Json;
using EodPredict.Replay.Vendor;
using static EodPredict.Tests.Replay.ReplayProviderFixture;

namespace EodPredict.Tests.Replay;

public sealed class ReplayProviderFaultTests
{
    private static readonly string Question = Address("A", "2024-03-25");

    [Fact]
    public async Task A_hang_lasts_until_the_client_leaves_and_does_not_hold_up_the_end()
    {
        await using var vendor = await StartAsync(options => options.Faults.HangShare = 1);
        using var patience = new CancellationTokenSource();
        var left = vendor.Client.GetAsync(Question, patience.Token);
        var stayed = vendor.Client.GetAsync(Question, CancellationToken.None);
        while (vendor.Provider.Usage.Faults < 2)
        {
            await Task.Yield();
        }

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.False(stayed.IsCompleted);

        await vendor.Provider.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => stayed);
    }

    [Fact]
    public async Task Garbage_is_not_json()
    {
        await using var vendor = await StartAsync(options => options.Faults.GarbageShare = 1);

        var body = await vendor.Client.GetByteArrayAsync(Question);

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task A_huge_body_is_as_long_as_chosen()
    {
        await using var vendor = await StartAsync(options => (options.Faults.HugeShare, options.Faults.HugeBytes) = (1, 3_000_000));

        using var response = await vendor.GetAsync(Question);

        Assert.Equal(3_000_000, response.Content.Headers.ContentLength);
        Assert.Equal(3_000_000, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_reader_of_ten_gigabytes_may_leave_early()
    {
        await using var vendor = await StartAsync(options => options.Faults.HugeShare = 1);
        using (var response = await vendor.Client.GetAsync(Question, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(10_000_000_000, response.Content.Headers.ContentLength);
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1_000_000]);
        }

        Assert.Equal(HttpStatusCode.OK, await vendor.StatusAsync("status"));
    }

    [Fact]
    public async Task A_reset_cuts_the_connection()
    {
        await using var vendor = await StartAsync(options => options.Faults.ResetShare = 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => vendor.GetAsync(Question));
        Assert.Equal((1, 1), (vendor.Provider.Usage.Gets, vendor.Provider.Usage.Faults));
    }

    [Fact]
    public async Task A_redirect_points_to_another_host_and_carries_no_key()
    {
        await using var vendor = await StartAsync(options => options.Faults.RedirectShare = 1);

        using var response = await vendor.GetAsync(Question);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(new("http://elsewhere.invalid/"), response.Headers.Location);
    }

    [Fact]
    public async Task An_outage_answers_503_for_its_time_on_the_services_clock()
    {
        await using var vendor = await StartAsync(options =>
            options.Faults.Outages.Add(new() { From = FirstClose.AddMinutes(10), Until = FirstClose.AddMinutes(20) }));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Question));

        vendor.Clock.AdvanceTo(FirstClose.AddMinutes(10));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await vendor.StatusAsync(Question));

        vendor.Clock.AdvanceTo(FirstClose.AddMinutes(20));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Question));
    }

    [Fact]
    public async Task Faults_come_as_often_as_chosen_and_the_same_each_time()
    {
        const int Requests = 300;
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var vendor = await StartAsync(options => (options.Faults.RedirectShare, options.Faults.GarbageShare) = (0.2, 0.1));
            var statuses = new List<string>();
            for (var number = 0; number < Requests; number++)
            {
                statuses.Add($"{(int)await vendor.StatusAsync(Question)}");
            }

            Assert.InRange(statuses.Count(status => status == "302"), 0.2 * Requests * 0.5, 0.2 * Requests * 1.5);
            Assert.InRange(statuses.Count(status => status == "200"), 0.1 * Requests * 0.4, 0.1 * Requests * 1.7);
            runs.Add(string.Join(' ', statuses));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void The_latency_spreads_about_its_median()
    {
        var draw = new FaultDraw(new() { MedianLatency = TimeSpan.FromMilliseconds(100), LatencySpread = 0.5 }, 1, "eod");

        var latencies = Enumerable.Range(0, 2001).Select(number => draw.Latency(number).TotalMilliseconds).Order().ToArray();

        Assert.InRange(latencies[1000], 90, 110);
        Assert.InRange(latencies[1683], 145, 187);
        Assert.True(latencies[^1] <= 1000);
    }
}
