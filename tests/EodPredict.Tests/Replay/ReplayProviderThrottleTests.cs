using System.Net;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Replay.Vendor;
using static EodPredict.Tests.Replay.ReplayProviderFixture;

namespace EodPredict.Tests.Replay;

public sealed class ReplayProviderThrottleTests
{
    [Theory]
    [InlineData(ThrottleShape.TokenBucket, 10, 5)]
    [InlineData(ThrottleShape.StrictSpacing, 1, 1)]
    [InlineData(ThrottleShape.FixedWindow, 10, 0)]
    [InlineData(ThrottleShape.SlidingWindow, 10, 0)]
    public async Task Each_shape_admits_at_once_and_after_half_a_window_what_it_should(ThrottleShape shape, int atOnce, int afterHalf)
    {
        await using var vendor = await StartAsync(options => Limit(options.ItemsThrottle, shape, 10));

        Assert.Equal(atOnce, await CountAcceptedAsync(vendor, 15));
        vendor.Wall.AdvanceBy(TimeSpan.FromMilliseconds(500));
        Assert.Equal(afterHalf, await CountAcceptedAsync(vendor, 15));
        vendor.Wall.AdvanceBy(TimeSpan.FromMilliseconds(1000));
        Assert.Equal(atOnce, await CountAcceptedAsync(vendor, 15));
        Assert.Equal((45, 45 - (2 * atOnce) - afterHalf), (vendor.Provider.Usage.Items, vendor.Provider.Usage.ItemsThrottled));
    }

    [Fact]
    public async Task On_the_real_wall_clock_the_rate_holds()
    {
        var options = new ReplayProviderOptions();
        Limit(options.ItemsThrottle, ThrottleShape.TokenBucket, 40);
        options.ItemsThrottle.Burst = 1;
        await using var provider = await ReplayProvider.StartAsync(options, Days, TestTime.Wall, TestTime.Wall, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = provider.BaseAddress };
        var started = TestTime.Wall.GetTimestamp();
        var accepted = 0;
        while (accepted < 30)
        {
            using var response = await client.GetAsync("items/1");
            accepted += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.True(TestTime.Wall.GetElapsedTime(started) > TimeSpan.FromSeconds(29 / 40.0 * 0.95));
    }

    [Fact]
    public async Task Retry_after_is_what_it_takes_and_costs_nothing()
    {
        await using var vendor = await StartAsync(options =>
            Limit(options.Throttle, ThrottleShape.FixedWindow, 1, TimeSpan.FromSeconds(60)));
        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(17));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Address("A", "2024-03-25")));

        using var refused = await vendor.GetAsync(Address("A", "2024-03-25"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(43), refused.Headers.RetryAfter!.Delta);
        Assert.Equal((2, 1, 1), (vendor.Provider.Usage.Gets, vendor.Provider.Usage.Throttled, vendor.Provider.Usage.Cost));
        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(43));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Address("A", "2024-03-25")));
    }

    [Fact]
    public async Task Retry_after_counts_seconds_of_the_services_clock()
    {
        var wall = new VirtualTimeProvider(FirstClose);
        var clock = new ScaledTimeProvider(new TimeScale(FirstClose, FirstClose, 60), wall);
        var options = new ReplayProviderOptions();
        Limit(options.Throttle, ThrottleShape.StrictSpacing, 1, TimeSpan.FromSeconds(2));
        await using var provider = await ReplayProvider.StartAsync(options, Days, clock, wall, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = provider.BaseAddress };
        using var first = await client.GetAsync("eod/A");

        using var refused = await client.GetAsync("eod/A");

        Assert.Equal(TimeSpan.FromSeconds(120), refused.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task The_daily_quota_begins_anew_at_midnight_of_the_services_clock()
    {
        await using var vendor = await StartAsync(options => options.Throttle.DailyLimit = 3);
        Assert.Equal(3, await CountAsync(vendor, Address("A", "2024-03-25"), 5, HttpStatusCode.NotFound));
        vendor.Wall.AdvanceBy(TimeSpan.FromDays(2));

        using var refused = await vendor.GetAsync(Address("A", "2024-03-25"));
        Assert.Equal(TimeSpan.FromHours(4), refused.Headers.RetryAfter!.Delta);

        vendor.Clock.AdvanceTo(FirstClose.AddHours(4));
        Assert.Equal(3, await CountAsync(vendor, Address("A", "2024-03-25"), 5, HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_note_with_status_200_can_stand_for_429()
    {
        await using var vendor = await StartAsync(options =>
        {
            Limit(options.Throttle, ThrottleShape.FixedWindow, 1);
            (options.Throttle.Reply, options.Throttle.SendRetryAfter) = (ThrottleReply.NoteInBody, false);
        });
        using var first = await vendor.GetAsync(Address("A", "2024-03-25"));

        using var refused = await vendor.GetAsync(Address("A", "2024-03-25"));

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.StartsWith("{\"Information\":", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_in_flight_are_capped_and_free_their_place()
    {
        await using var vendor = await StartAsync(options =>
        {
            options.ItemsThrottle.MaxInFlight = 4;
            options.ItemsFaults.MedianLatency = TimeSpan.FromSeconds(1);
        });
        var all = Enumerable.Range(0, 10).Select(number => vendor.GetAsync($"items/{number}")).ToList();
        for (var refused = 0; refused < 6; refused++)
        {
            var answered = await Task.WhenAny(all).WaitAsync(TimeSpan.FromSeconds(60), TestTime.Wall);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await answered).StatusCode);
            all.Remove(answered);
        }

        await WaitForAsync(() => vendor.Wall.NextTimer is not null);
        while (all.Any(request => !request.IsCompleted))
        {
            vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.All(await Task.WhenAll(all), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        var next = vendor.GetAsync("items/next");
        await WaitForAsync(() => vendor.Wall.NextTimer is not null);
        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task Refusals_that_count_keep_a_hammer_out()
    {
        await using var vendor = await StartAsync(options =>
        {
            Limit(options.ItemsThrottle, ThrottleShape.SlidingWindow, 5);
            options.ItemsThrottle.CountRefused = true;
        });
        Assert.Equal(5, await CountAcceptedAsync(vendor, 20));

        for (var step = 0; step < 8; step++)
        {
            vendor.Wall.AdvanceBy(TimeSpan.FromMilliseconds(250));
            Assert.Equal(0, await CountAcceptedAsync(vendor, 5));
        }

        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.Equal(5, await CountAcceptedAsync(vendor, 5));
    }

    [Fact]
    public async Task Many_refusals_in_a_short_time_lead_to_a_ban()
    {
        await using var vendor = await StartAsync(options =>
        {
            Limit(options.ItemsThrottle, ThrottleShape.TokenBucket, 10);
            options.ItemsThrottle.BanAfter = 5;
        });
        Assert.Equal(10, await CountAcceptedAsync(vendor, 15));

        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(9.5));
        using var banned = await vendor.GetAsync("items/1");
        Assert.Equal(TimeSpan.FromSeconds(1), banned.Headers.RetryAfter!.Delta);

        vendor.Wall.AdvanceBy(TimeSpan.FromSeconds(0.5));
        Assert.Equal(10, await CountAcceptedAsync(vendor, 10));
    }

    [Fact]
    public async Task Headers_tell_what_remains_where_chosen()
    {
        await using var vendor = await StartAsync(options =>
        {
            Limit(options.ItemsThrottle, ThrottleShape.FixedWindow, 3);
            options.ItemsThrottle.SendRateLimitHeaders = true;
        });
        var remaining = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            using var response = await vendor.GetAsync("items/1");
            remaining.Add(response.Headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("3", response.Headers.GetValues("X-RateLimit-Limit").Single());
        }

        Assert.Equal(["2", "1", "0", "0"], remaining);
    }

    [Fact]
    public async Task An_item_is_the_same_bytes_each_time_and_differs_from_others()
    {
        await using var vendor = await StartAsync();

        var first = await vendor.Client.GetStringAsync("items/17");

        Assert.Equal(first, await vendor.Client.GetStringAsync("items/17"));
        Assert.NotEqual(first, await vendor.Client.GetStringAsync("items/18"));
        Assert.StartsWith("{\"id\":\"17\",\"name\":\"Item 17\",\"value\":", first, StringComparison.Ordinal);
    }

    private static void Limit(ThrottleOptions options, ThrottleShape shape, double limit, TimeSpan? window = null) =>
        (options.Shape, options.Limit, options.Window) = (shape, limit, window ?? TimeSpan.FromSeconds(1));

    private static Task<int> CountAcceptedAsync(ReplayProviderFixture vendor, int requests) =>
        CountAsync(vendor, "items/1", requests, HttpStatusCode.OK);

    private static async Task<int> CountAsync(ReplayProviderFixture vendor, string address, int requests, HttpStatusCode accepted)
    {
        var count = 0;
        for (var number = 0; number < requests; number++)
        {
            count += await vendor.StatusAsync(address) == accepted ? 1 : 0;
        }

        return count;
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        var started = TestTime.Wall.GetTimestamp();
        while (!condition())
        {
            Assert.True(TestTime.Wall.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "It did not happen in a minute.");
            await Task.Yield();
        }
    }
}
