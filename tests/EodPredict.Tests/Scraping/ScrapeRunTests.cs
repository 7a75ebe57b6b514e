using EodPredict.Replay.Vendor;
using EodPredict.Scraping;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Scraping;

/// <summary>Whole runs over real HTTP and a real database, at limits that the client is not told.</summary>
public sealed class ScrapeRunTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Every_item_is_stored_once_though_the_server_refuses()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database, options =>
        {
            options.ItemsThrottle.Shape = ThrottleShape.TokenBucket;
            options.ItemsThrottle.Limit = 200;
            options.ItemsThrottle.Burst = 20;
        });
        var job = await scraped.OpenAsync("limited", 600);
        var end = await scraped.Runner.RunAsync(job, null, CancellationToken.None);

        Assert.Equal((ScrapeEndKind.Done, null), (end.Kind, end.Reason));
        var stored = await scraped.StoredAsync(job);
        Assert.Equal(Enumerable.Range(1, 600).Select(id => $"{id}"), stored);
        var status = await scraped.StatusAsync(job);
        Assert.Equal((ScrapeStates.Done, 600, 0), (status.State, status.Stored, status.Failed));
        Assert.True(status.Refused > 0);

        // What never reached the server, if anything, was an attempt too.
        var endpoint = job.Url;
        Assert.Equal(status.Attempts, await SumAsync("attempts"));
        Assert.Equal(scraped.Provider.Usage.Items, status.Attempts - await SumAsync("failed"));
        Assert.Equal((scraped.Provider.Usage.ItemsThrottled, status.Refused), (status.Refused, await SumAsync("refused")));
        Assert.Equal(600, await SumAsync("accepted"));

        Task<long> SumAsync(string column) =>
            scraped.ScalarAsync<long>($"select sum({column}) from eod.throttle_observation where endpoint = $1", endpoint);
    }

    [Fact]
    public async Task What_fails_for_good_has_its_reason_and_is_retried_by_hand()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("missing", 30, "nowhere/{id}");
        Assert.Equal(ScrapeEndKind.Done, (await scraped.Runner.RunAsync(job, null, CancellationToken.None)).Kind);
        Assert.Equal((0, 30), ((await scraped.StatusAsync(job)).Stored, (await scraped.StatusAsync(job)).Failed));
        Assert.Equal([("answered 404", 30L)], await scraped.Jobs.FailuresAsync(job.Name, CancellationToken.None));

        Assert.Equal(30, await scraped.Jobs.RetryAsync(job.Name, CancellationToken.None));
        var again = await scraped.StatusAsync(job);
        Assert.Equal((ScrapeStates.Open, 0, 30), (again.State, again.Failed, again.Left));
    }

    [Fact]
    public async Task Replies_that_break_off_or_make_no_sense_are_tried_again()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database, options => options.ItemsFaults.ResetShare = 0.1);
        var job = await scraped.OpenAsync("broken", 200);
        await scraped.Runner.RunAsync(job, null, CancellationToken.None);
        var status = await scraped.StatusAsync(job);
        Assert.Equal((200, 0), (status.Stored, status.Failed));
        Assert.True(status.Attempts > 200);
    }

    [Fact]
    public async Task Interrupted_it_keeps_what_it_has_and_goes_on()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("interrupted", 3000, maxPace: 1500);
        using var interruption = new CancellationTokenSource();
        var enough = new Once(progress => progress.Stored > 0, interruption.Cancel);
        Assert.Equal(ScrapeEndKind.Stopped, (await scraped.Runner.RunAsync(job, enough, interruption.Token)).Kind);
        var first = await scraped.StatusAsync(job);
        Assert.Equal(scraped.Provider.Usage.Items, first.Stored);
        Assert.Equal(0, await scraped.ScalarAsync<long>("select count(*) from eod.scrape_item where state = 'taken'"));

        Assert.Equal(ScrapeEndKind.Done, (await scraped.Runner.RunAsync(job, null, CancellationToken.None)).Kind);
        Assert.Equal(3000, (await scraped.StoredAsync(job)).Distinct().Count());
        Assert.Equal(3000, scraped.Provider.Usage.Items);
    }

    [Fact]
    public async Task Paused_from_outside_it_stops()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database, options =>
        {
            options.ItemsThrottle.Shape = ThrottleShape.StrictSpacing;
            options.ItemsThrottle.Limit = 20;
        });
        var job = await scraped.OpenAsync("paused", 100_000);
        var running = scraped.Runner.RunAsync(job, null, CancellationToken.None);
        Assert.Equal(ScrapeEndKind.Elsewhere, (await scraped.Runner.RunAsync(job, null, CancellationToken.None)).Kind);
        Assert.True(await scraped.Jobs.ChangeAsync(job.Name, [ScrapeStates.Open], ScrapeStates.Paused, CancellationToken.None));
        await running;
        Assert.Equal((ScrapeStates.Paused, false), ((await scraped.StatusAsync(job)).State, (await scraped.StatusAsync(job)).IsRunning));
        Assert.False(await scraped.Jobs.ChangeAsync(job.Name, [ScrapeStates.Open], ScrapeStates.Cancelled, CancellationToken.None));
    }

    [Fact]
    public async Task Items_of_a_dead_process_are_taken_back()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("dead", 50);
        await scraped.ScalarAsync<object>("update eod.scrape_job set worker = -1 where job_id = $1", job.Id);
        await scraped.ScalarAsync<object>("update eod.scrape_item set state = 'taken', worker = -1 where job_id = $1", job.Id);
        await scraped.Runner.RunAsync(job, null, CancellationToken.None);
        Assert.Equal(50, (await scraped.StatusAsync(job)).Stored);
    }

    [Fact]
    public async Task The_server_s_outage_fails_no_item()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database, options =>
        {
            options.ItemsThrottle.Shape = ThrottleShape.StrictSpacing;
            options.ItemsThrottle.Limit = 100;
        });
        var job = await scraped.OpenAsync("outage", 300);
        var begun = new TaskCompletionSource();
        var troubled = new TaskCompletionSource();
        var watch = new Watch(progress =>
        {
            if (progress.Stored > 0) begun.TrySetResult();
            if (progress.Trouble is not null) troubled.TrySetResult();
        });
        var running = scraped.Runner.RunAsync(job, watch, CancellationToken.None);
        await begun.Task;
        await scraped.BreakAsync(() => troubled.Task);
        Assert.Equal(ScrapeEndKind.Done, (await running).Kind);
        Assert.Equal((300, 0), ((await scraped.StatusAsync(job)).Stored, (await scraped.StatusAsync(job)).Failed));
    }

    [Fact]
    public async Task The_same_ids_are_added_once_and_another_address_is_refused()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("known", 10);
        Assert.Equal(2, await scraped.Jobs.AddAsync(job, ["10", "a/b", "c", "c"], CancellationToken.None));
        Assert.Equal(12, (await scraped.StatusAsync(job)).Items);
        await Assert.ThrowsAsync<ScrapeRefusedException>(() => scraped.OpenAsync("known", 10, "items/{id}?other=1"));
    }

    [Fact]
    public async Task A_secret_is_in_no_table()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        await scraped.Jobs.OpenAsync(
            new ScrapeJob
            {
                Name = "secret", Url = $"{scraped.Provider.BaseAddress}items/{{id}}", Headers = ["X-Api-Key: s3cret", "Accept: a/b"],
            },
            CancellationToken.None);
        Assert.Equal("X-Api-Key:|Accept: a/b", await scraped.ScalarAsync<string>(
            "select array_to_string(headers, '|') from eod.scrape_job where name = 'secret'"));
    }

    private sealed class Watch(Action<ScrapeProgress> see) : IProgress<ScrapeProgress>
    {
        public void Report(ScrapeProgress value) => see(value);
    }

    private sealed class Once(Func<ScrapeProgress, bool> condition, Action act) : IProgress<ScrapeProgress>
    {
        private bool _done;

        public void Report(ScrapeProgress value)
        {
            if (!_done && condition(value))
            {
                _done = true;
                act();
            }
        }
    }
}
