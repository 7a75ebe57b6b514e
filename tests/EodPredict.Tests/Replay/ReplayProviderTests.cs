using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Replay.Vendor;
using Microsoft.Extensions.Configuration;
using static EodPredict.Tests.Replay.ReplayProviderFixture;

namespace EodPredict.Tests.Replay;

public sealed class ReplayProviderTests
{
    private static readonly DateTimeOffset Arrival = FirstClose.AddMinutes(95);

    [Fact]
    public async Task The_data_is_there_from_the_instant_of_its_arrival()
    {
        await using var vendor = await StartAsync();
        vendor.Clock.AdvanceTo(Arrival.AddTicks(-1));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Address("A", "2024-03-25")));

        vendor.Clock.AdvanceTo(Arrival);
        using var response = await vendor.GetAsync(Address("A", "2024-03-25"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Arrival, response.Content.Headers.LastModified);
        Assert.NotNull(response.Headers.ETag);
        var row = Assert.Single(await RowsAsync(response));
        Assert.Equal("A", row.GetProperty("ticker").GetString());
        Assert.Equal("2024-03-25", row.GetProperty("date").GetString());
        var prices = new[] { "low", "open", "close", "high" }.Select(name => row.GetProperty(name).GetDecimal()).ToArray();
        Assert.True(prices[0] > 0 && prices.All(price => prices[0] <= price && price <= prices[3]));
        Assert.True(row.GetProperty("volume").GetInt64() > 0);
    }

    [Fact]
    public async Task At_the_demo_speed_the_arrival_comes_at_its_service_instant()
    {
        var wall = TestTime.Wall;
        var clock = new ScaledTimeProvider(new TimeScale(wall.GetUtcNow(), Arrival.AddMinutes(-20), 1440), wall);
        await using var provider = await ReplayProvider.StartAsync(new(), Days, clock, wall, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = provider.BaseAddress };
        var (lastMissing, firstFound) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        while (firstFound == DateTimeOffset.MinValue)
        {
            var sent = clock.GetUtcNow();
            using var response = await client.GetAsync("eod/A?date=2024-03-25");
            (lastMissing, firstFound) = response.IsSuccessStatusCode ? (lastMissing, clock.GetUtcNow()) : (sent, firstFound);
            Assert.True(sent < Arrival.AddDays(1), "It never came.");
            await Task.Delay(TimeSpan.FromSeconds(30), clock);
        }

        Assert.True(lastMissing < Arrival, $"Still missing at {lastMissing:O}.");
        Assert.True(firstFound >= Arrival, $"There at {firstFound:O}.");
    }

    [Theory]
    [InlineData(NotYetAnswer.NotFound, HttpStatusCode.NotFound, "{\"error\":\"no data for this date yet\"}")]
    [InlineData(NotYetAnswer.Empty, HttpStatusCode.OK, "[]")]
    public async Task Before_the_arrival_it_answers_as_chosen(NotYetAnswer kind, HttpStatusCode status, string body)
    {
        await using var vendor = await StartAsync(options => options.BeforeArrival = kind);

        using var response = await vendor.GetAsync(Address("A", "2024-03-25"));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stale_answer_is_the_row_of_the_session_before()
    {
        await using var vendor = await StartAsync(options => options.BeforeArrival = NotYetAnswer.Stale);
        Assert.Equal("[]", await vendor.Client.GetStringAsync(Address("A", "2024-03-25")));
        vendor.Clock.AdvanceTo(Arrival.AddHours(20));

        using var response = await vendor.GetAsync(Address("A", "2024-03-26"));

        Assert.Equal("2024-03-25", Assert.Single(await RowsAsync(response)).GetProperty("date").GetString());
        Assert.Equal(Arrival, response.Content.Headers.LastModified);
        Assert.Equal(0, vendor.Provider.Usage.Found);
    }

    [Fact]
    public async Task A_partial_row_shows_shortly_before_the_arrival()
    {
        await using var vendor = await StartAsync(options => options.PartialFor = TimeSpan.FromMinutes(10));
        vendor.Clock.AdvanceTo(Arrival.AddMinutes(-10).AddTicks(-1));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Address("A", "2024-03-25")));

        vendor.Clock.AdvanceTo(Arrival.AddMinutes(-10));
        using var response = await vendor.GetAsync(Address("A", "2024-03-25"));

        var row = Assert.Single(await RowsAsync(response));
        Assert.Equal("2024-03-25", row.GetProperty("date").GetString());
        Assert.Equal(JsonValueKind.Number, row.GetProperty("open").ValueKind);
        Assert.All(["high", "low", "close", "volume"], name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task A_mixture_shows_every_kind_of_not_yet()
    {
        var days = new RecordedDays(Enumerable.Range(0, 60).Select(number =>
            new RecordedSession($"T{number}", new(2024, 3, 25), FirstClose, null)));
        await using var provider = await ReplayProvider.StartAsync(
            new() { BeforeArrival = NotYetAnswer.Mixed }, days, new VirtualTimeProvider(FirstClose), TestTime.Wall, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = provider.BaseAddress };
        var missing = 0;
        foreach (var ticker in days.Tickers)
        {
            using var response = await client.GetAsync($"eod/{ticker}?date=2024-03-25");
            missing += response.StatusCode == HttpStatusCode.NotFound ? 1 : 0;
        }

        Assert.InRange(missing, 8, 35);
    }

    [Fact]
    public async Task Without_a_date_the_newest_rows_come_newest_first()
    {
        await using var vendor = await StartAsync(options => options.Rows = 2);
        vendor.Clock.AdvanceTo(Arrival.AddDays(2));

        using var response = await vendor.GetAsync($"eod/A?key={Key}");

        Assert.Equal(["2024-03-27", "2024-03-26"], (await RowsAsync(response)).Select(row => row.GetProperty("date").GetString()));
    }

    [Fact]
    public async Task The_volume_settles_later_where_revisions_are_chosen()
    {
        await using var vendor = await StartAsync(options => options.RevisedAfter = TimeSpan.FromHours(4));
        vendor.Clock.AdvanceTo(Arrival);
        using var first = await vendor.GetAsync(Address("A", "2024-03-25"));
        vendor.Clock.AdvanceTo(Arrival.AddHours(4));
        using var later = await vendor.GetAsync(Address("A", "2024-03-25"));

        var (before, after) = ((await RowsAsync(first))[0], (await RowsAsync(later))[0]);
        Assert.True(before.GetProperty("volume").GetInt64() < after.GetProperty("volume").GetInt64());
        Assert.Equal(before.GetProperty("close").GetDecimal(), after.GetProperty("close").GetDecimal());
        Assert.NotEqual(first.Headers.ETag, later.Headers.ETag);
        Assert.Equal(Arrival.AddHours(4), later.Content.Headers.LastModified);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        var bodies = new List<string>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await using var vendor = await StartAsync(options => (options.Seed, options.Rows) = (seed, 10));
            vendor.Clock.AdvanceTo(Arrival.AddDays(3));
            bodies.Add(await vendor.Client.GetStringAsync(Address("B", "2024-03-27")));
        }

        Assert.Equal(bodies[0], bodies[1]);
        Assert.NotEqual(bodies[0], bodies[2]);
    }

    [Fact]
    public async Task The_key_may_come_three_ways_and_without_it_nothing_is_told_or_charged()
    {
        await using var vendor = await StartAsync();
        vendor.Clock.AdvanceTo(Arrival);
        Assert.Equal(HttpStatusCode.Unauthorized, await vendor.StatusAsync("eod/A?date=2024-03-25"));
        Assert.Equal(HttpStatusCode.Unauthorized, await vendor.StatusAsync(Address("A", "2024-03-25", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await vendor.StatusAsync("account"));
        Assert.Equal((0, 3, 0), (vendor.Provider.Usage.Gets, vendor.Provider.Usage.Refused, vendor.Provider.Usage.Cost));

        foreach (var (name, value) in new[] { ("X-Api-Key", Key), ("Authorization", $"Bearer {Key}") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "eod/A?date=2024-03-25");
            request.Headers.Add(name, value);
            using var response = await vendor.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await vendor.StatusAsync(Address("A", "2024-03-25")));
        Assert.Equal(3, vendor.Provider.Usage.Cost);
    }

    [Fact]
    public async Task An_unknown_ticker_and_a_bad_date_are_told_apart_from_a_not_yet()
    {
        await using var vendor = await StartAsync();

        using var unknown = await vendor.GetAsync(Address("Z", "2024-03-25"));

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("{\"error\":\"unknown ticker\"}", await unknown.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await vendor.StatusAsync(Address("A", "25.03.2024")));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync(Address("A", "2024-03-30")));
        Assert.Equal(HttpStatusCode.NotFound, await vendor.StatusAsync("elsewhere"));
    }

    [Fact]
    public async Task The_status_page_shows_the_newest_date_of_each_ticker_and_when_it_landed()
    {
        await using var vendor = await StartAsync();
        vendor.Clock.AdvanceTo(FirstClose.AddDays(1).AddMinutes(100));

        var page = new HtmlParser().ParseDocument(await vendor.Client.GetStringAsync("status"));
        var one = new HtmlParser().ParseDocument(await vendor.Client.GetStringAsync("status?ticker=B"));

        Assert.Equal(2, page.QuerySelectorAll("#status tbody tr").Length);
        Assert.Equal("2024-03-26", page.QuerySelector("tr[data-ticker='A'] .date")!.TextContent);
        Assert.Equal("2024-03-26T21:35:00Z", page.QuerySelector("tr[data-ticker='A'] .landed")!.TextContent);
        Assert.Equal("2024-03-25", page.QuerySelector("tr[data-ticker='B'] .date")!.TextContent);
        Assert.Equal("B", Assert.Single(one.QuerySelectorAll("#status tbody tr")).GetAttribute("data-ticker"));
        Assert.Equal(2, vendor.Provider.Usage.Pages);
    }

    [Fact]
    public async Task The_counters_are_exact_under_parallel_requests()
    {
        await using var vendor = await StartAsync(options => (options.GetPrice, options.HeadPrice) = (2, 0.5));
        vendor.Clock.AdvanceTo(Arrival);

        await Parallel.ForAsync(0, 200, async (number, _) =>
        {
            using var response = number % 4 == 0
                ? await vendor.HeadAsync(Address("A", "2024-03-25"))
                : await vendor.GetAsync(Address(number % 2 == 0 ? "A" : "B", "2024-03-25"));
        });

        var usage = vendor.Provider.Usage;
        Assert.Equal((150, 50, 50), (usage.Gets, usage.Heads, usage.Found));
        Assert.Equal((2 * 150) + (0.5 * 50), usage.Cost);
        Assert.Equal(
            [new("A", new DateOnly(2024, 3, 25), 50, 50, 50, 0), new SessionUsage("B", new DateOnly(2024, 3, 25), 100, 0, 0, 0)],
            usage.Sessions);
        var account = JsonDocument.Parse(await vendor.Client.GetStringAsync($"account?key={Key}")).RootElement;
        Assert.Equal(150, account.GetProperty("gets").GetInt64());
        Assert.Equal(325, account.GetProperty("cost").GetDouble());
        Assert.Equal("2024-03-25", account.GetProperty("sessions")[0].GetProperty("session_date").GetString());
    }

    [Fact]
    public async Task An_option_out_of_range_is_refused_with_all_others_and_what_is_allowed()
    {
        var refusal = await Assert.ThrowsAsync<ReplayProviderException>(() => StartAsync(options =>
        {
            options.Port = 70_000;
            options.Throttle.Limit = 0;
            options.Faults.HangShare = 0.7;
            options.Faults.ResetShare = 0.7;
        }));

        Assert.Contains("Eod:Vendor:Port is 70000; allowed is 0 to 65535", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Eod:Vendor:Throttle:Limit is 0; allowed is more than 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Eod:Vendor:Faults (its shares) is 1.4; allowed is a sum of at most 1", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_error()
    {
        await using var vendor = await StartAsync();

        var refusal = await Assert.ThrowsAsync<ReplayProviderException>(
            () => StartAsync(options => options.Port = vendor.Provider.BaseAddress.Port));

        Assert.Contains("is in use: choose another with Eod:Vendor:Port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_of_this_machine_is_a_clear_error()
    {
        var refusal = await Assert.ThrowsAsync<ReplayProviderException>(() => StartAsync(options => options.Address = "192.0.2.1"));

        Assert.Contains("cannot listen on port 0 of 192.0.2.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_bind_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Eod:Vendor:BeforeArrival"] = "Mixed",
            ["Eod:Vendor:RevisedAfter"] = "04:00:00",
            ["Eod:Vendor:Head:FalsePositiveShare"] = "0.02",
            ["Eod:Vendor:ItemsThrottle:Shape"] = "StrictSpacing",
            ["Eod:Vendor:Faults:RedirectTo"] = "http://other.example/",
            ["Eod:Vendor:Faults:Outages:0:From"] = "2024-03-25T20:00:00Z",
            ["Eod:Vendor:Faults:Outages:0:Until"] = "2024-03-25T21:00:00Z",
        }).Build();

        var options = configuration.GetRequiredSection(ReplayProviderOptions.Section).Get<ReplayProviderOptions>()!;

        Assert.Equal((NotYetAnswer.Mixed, TimeSpan.FromHours(4)), (options.BeforeArrival, options.RevisedAfter));
        Assert.Equal(0.02, options.Head.FalsePositiveShare);
        Assert.Equal((ThrottleShape.StrictSpacing, "other.example"), (options.ItemsThrottle.Shape, options.Faults.RedirectTo.Host));
        Assert.Equal((FirstClose, FirstClose.AddHours(1)), (options.Faults.Outages[0].From, options.Faults.Outages[0].Until));
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(HttpResponseMessage response) =>
        [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
}
