using EodPredict.Replay.Vendor;
using EodPredict.Scraping;
using EodPredict.Scraping.Http;
using EodPredict.Scraping.Storage;
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
        Assert.Equal(0, await scraped.ScalarAsync<long>("select count(*) from eod.scrape_block where worker is not null"));

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
    public async Task Two_processes_work_on_one_job_and_fetch_each_item_once()
    {
        // More than one takes at once: what its first burst sends, and twice the most it takes ahead.
        const int Items = 20_000;
        await using var first = await ScrapedProvider.StartAsync(database, options =>
        {
            options.ItemsThrottle.Shape = ThrottleShape.TokenBucket;
            options.ItemsThrottle.Limit = 2000;
        });
        await using var second = await ScrapedProvider.StartAsync(database);
        var job = await first.OpenAsync("together", Items);
        var begun = new TaskCompletionSource();
        var running = first.Runner.RunAsync(
            job, new Once(progress => progress.Stored > 0, () => begun.TrySetResult()), CancellationToken.None);
        await begun.Task;
        var had = 0L;
        var joined = second.Runner.RunAsync(job, new Watch(progress => had = progress.Stored), CancellationToken.None);
        Assert.Equal((ScrapeEndKind.Done, ScrapeEndKind.Done), ((await running).Kind, (await joined).Kind));

        Assert.Equal(Items, had);
        Assert.Equal(Enumerable.Range(1, Items).Select(id => $"{id}"), await first.StoredAsync(job));
        Assert.Equal(Items, first.Provider.Usage.Items - first.Provider.Usage.ItemsThrottled);
        Assert.Equal(2, await first.ScalarAsync<long>(
            "select count(distinct worker) from eod.throttle_observation where endpoint = $1 and accepted > 0", job.Url));
        Assert.Equal(ScrapeStates.Done, (await first.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Items_of_a_process_that_stands_still_are_taken_over()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("still", 50);
        await scraped.ScalarAsync<object>(
            """
            with run as (
                insert into eod.scrape_worker select $1, max(worker_id), now() - interval '1 minute' from eod.worker returning worker
            )
            update eod.scrape_block set worker = run.worker from run where job_id = $1 returning 0
            """, job.Id);
        await scraped.Runner.RunAsync(job, null, CancellationToken.None);
        Assert.Equal(50, (await scraped.StatusAsync(job)).Stored);
    }

    [Fact]
    public async Task What_was_taken_over_is_not_counted_twice()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("late", 30);
        var late = new ItemStore(database.DataSource, job.Id, -1);
        var claimed = await late.ClaimAsync(10, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 10).Select(id => $"{id}"), claimed.Select(item => item.Name));
        await scraped.Runner.RunAsync(job, null, CancellationToken.None);

        var reply = new FetchedReply(new ReplyVerdict(ReplyKind.Accepted, ""), 200, "text/plain", null, [1]);
        List<EndedItem> ended = [.. claimed.Select(item => new EndedItem(item, EndedItem.Stored, null, reply, DateTimeOffset.UnixEpoch))];
        var count = await late.EndAsync(ended, [claimed[0].Block], new AttemptCount(10, 0), CancellationToken.None);
        Assert.Equal((ScrapeStates.Done, 30, 0), (count.State, count.Stored, count.Failed));
        Assert.Equal(0, await scraped.ScalarAsync<long>("select count(*) from eod.scrape_result where body = '\\x01'"));
    }

    [Fact]
    public async Task The_time_in_which_any_process_works_on_a_job_is_counted_once()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("timed", 10);
        await scraped.ScalarAsync<object>("update eod.scrape_job set ran_at = now() - interval '1 day' where job_id = $1 returning 0", job.Id);
        var (one, another) = (new ItemStore(database.DataSource, job.Id, await WorkerAsync()), new ItemStore(database.DataSource, job.Id, -1));
        await one.EnterAsync(CancellationToken.None);
        var (began, _) = await TimeAsync();
        await CommitAsync(one);
        var (first, seconds) = await TimeAsync();
        Assert.Equal((first - began).TotalSeconds, seconds, 3);

        // A second process joins, and both commit in turn.
        await another.EnterAsync(CancellationToken.None);
        await CommitAsync(another);
        await CommitAsync(one);
        var (last, all) = await TimeAsync();
        Assert.Equal((last - began).TotalSeconds, all, 3);

        Task<int> WorkerAsync() => scraped.ScalarAsync<int>("select max(worker_id) from eod.worker where $1 > 0", job.Id);

        Task CommitAsync(ItemStore store) => store.EndAsync([], [], new AttemptCount(0, 0), CancellationToken.None);

        async Task<(DateTime RanAt, double Seconds)> TimeAsync() => (
            await scraped.ScalarAsync<DateTime>("select ran_at from eod.scrape_job where job_id = $1", job.Id),
            await scraped.ScalarAsync<double>("select seconds from eod.scrape_job where job_id = $1", job.Id));
    }

    [Fact]
    public async Task Items_of_a_dead_process_are_taken_back()
    {
        await using var scraped = await ScrapedProvider.StartAsync(database);
        var job = await scraped.OpenAsync("dead", 50);
        await scraped.ScalarAsync<object>("insert into eod.scrape_worker values ($1, -1, now()) returning 0", job.Id);
        await scraped.ScalarAsync<object>("update eod.scrape_block set worker = -1 where job_id = $1 returning 0", job.Id);
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
