using EodPredict.Replay;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Storage;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Scraping.Storage;

public sealed class EndpointMemoryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_an_endpoint_bore_is_known_for_a_month()
    {
        var clock = new VirtualTimeProvider(Start);
        var memory = new EndpointMemory(database.DataSource, clock);
        Assert.Null(await memory.RecallAsync("http://host/{id}", CancellationToken.None));
        await memory.RememberAsync("http://host/{id}", 20, CancellationToken.None);
        await memory.RememberAsync("http://host/{id}", 49.8, CancellationToken.None);
        clock.AdvanceTo(Start.AddHours(2));
        Assert.Equal((49.8, TimeSpan.FromHours(2)), await memory.RecallAsync("http://host/{id}", CancellationToken.None));
        clock.AdvanceTo(Start.AddDays(31));
        Assert.Null(await memory.RecallAsync("http://host/{id}", CancellationToken.None));
    }

    [Fact]
    public async Task A_minute_that_is_seen_in_parts_is_one_row()
    {
        var memory = new EndpointMemory(database.DataSource, new VirtualTimeProvider(Start));
        await memory.RecordAsync("endpoint", 1, new ThrottleMinute(Start, 10, 9, 0, 1, 4, TimeSpan.FromSeconds(1), 5),
            CancellationToken.None);
        await memory.RecordAsync("endpoint", 1, new ThrottleMinute(Start, 2, 0, 2, 0, 3, null, 6), CancellationToken.None);
        await memory.RecordAsync("endpoint", 2, new ThrottleMinute(Start, 1, 1, 0, 0, 1, TimeSpan.FromSeconds(2), 7),
            CancellationToken.None);
        Assert.Equal("12 9 2 1 4 00:00:01 6 true", await database.ScalarAsync<string>(
            """
            select concat_ws(' ', attempts, accepted, refused, failed, most_in_flight, latency_median, pace, is_touched::text)
            from eod.throttle_observation where endpoint = 'endpoint' and worker = 1
            """));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from eod.throttle_observation"));
    }
}
