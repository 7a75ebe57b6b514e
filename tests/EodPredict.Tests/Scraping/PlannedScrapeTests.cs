using EodPredict.Replay.Vendor;
using EodPredict.Scraping;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Scraping;

/// <summary>Jobs that can wait, on an endpoint that bore 50 a second until four in the morning on each of fourteen days, and then 5.</summary>
public sealed class PlannedScrapeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Day = new(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_waits_for_the_good_hours_and_is_then_sent()
    {
        var clock = new SetClock { Now = Day.AddHours(12).AddMinutes(7) };
        await using var scraped = await ScrapedProvider.StartAsync(database, time: clock);
        var job = await WaitingAsync(scraped, "waiting", 500);

        var (end, again) = await scraped.Planned.RunAsync(job, null, CancellationToken.None);
        var status = await scraped.StatusAsync(job);
        Assert.Equal((null, Day.AddHours(12).AddMinutes(15)), (end, again));
        Assert.InRange(status.StartsAt!.Value, Day.AddDays(1), Day.AddDays(1).AddHours(3.75));
        Assert.Equal(0, status.Attempts);
        Assert.StartsWith("Starts at 2026-11-11 0", status.StartsBecause, StringComparison.Ordinal);

        clock.Now = status.StartsAt.Value.AddSeconds(1);
        (end, _) = await scraped.Planned.RunAsync(job, null, CancellationToken.None);
        status = await scraped.StatusAsync(job);
        Assert.Equal((ScrapeEndKind.Done, 500L, null), (end!.Kind, status.Stored, status.StartsBecause));
    }

    [Fact]
    public async Task It_pauses_when_the_good_hours_are_over()
    {
        var clock = new SetClock { Now = Day.AddHours(3).AddSeconds(-0.5) };
        await using var scraped = await ScrapedProvider.StartAsync(
            database,
            options =>
            {
                options.ItemsThrottle.Shape = ThrottleShape.StrictSpacing;
                options.ItemsThrottle.Limit = 20;
            },
            clock);
        var job = await WaitingAsync(scraped, "pausing", 100_000);

        var began = new TaskCompletionSource();
        var running = scraped.Planned.RunAsync(job, new Progress<ScrapeProgress>(_ => began.TrySetResult()), CancellationToken.None);
        Assert.Same(began.Task, await Task.WhenAny(began.Task, running));

        // Just before a look at the hours: the run may be about to wait for the next one.
        clock.Now = Day.AddHours(4).AddMinutes(15).AddSeconds(-1);
        var (end, again) = await running;
        var status = await scraped.StatusAsync(job);
        Assert.Equal((null, Day.AddHours(4).AddMinutes(15)), (end, again));
        Assert.InRange(status.StartsAt!.Value, Day.AddDays(1), Day.AddDays(1).AddHours(3.75));
        Assert.Equal((ScrapeStates.Open, false), (status.State, status.IsRunning));
    }

    [Fact]
    public async Task Where_nothing_is_known_it_is_sent_at_once()
    {
        var clock = new SetClock { Now = Day };
        await using var scraped = await ScrapedProvider.StartAsync(database, time: clock);
        var job = await scraped.OpenAsync("unknown", 50, finishBy: Day.AddDays(1));

        Assert.Equal(ScrapeEndKind.Done, (await scraped.Planned.RunAsync(job, null, CancellationToken.None)).End!.Kind);
    }

    [Fact]
    public async Task One_that_waits_is_not_taken_for_abandoned()
    {
        var clock = new SetClock { Now = Day.AddHours(12) };
        await using var scraped = await ScrapedProvider.StartAsync(database, time: clock);
        var job = await WaitingAsync(scraped, "abandoned", 500);
        await scraped.ScalarAsync<object>("update eod.scrape_job set is_served = true where job_id = $1", job.Id);
        await scraped.Planned.RunAsync(job, null, CancellationToken.None);
        Assert.DoesNotContain(await scraped.Jobs.AbandonedAsync(CancellationToken.None), one => one.Id == job.Id);

        clock.Now = Day.AddDays(1).AddHours(4);
        Assert.Contains(await scraped.Jobs.AbandonedAsync(CancellationToken.None), one => one.Id == job.Id);
    }

    private static async Task<ScrapeJob> WaitingAsync(ScrapedProvider scraped, string name, int items)
    {
        var job = await scraped.OpenAsync(name, items, finishBy: Day.AddDays(2));
        await scraped.ScalarAsync<object>("""
            insert into eod.throttle_observation
            select j.endpoint, m, 1, 310, 300, 10, 0, 4, null, case when extract(hour from m at time zone 'UTC') < 4 then 50 else 5 end, true
            from eod.scrape_job j, generate_series($2 - interval '14 days', $2 - interval '1 minute', interval '15 minutes') m
            where j.job_id = $1
            """, job.Id, Day);
        return job;
    }
}
