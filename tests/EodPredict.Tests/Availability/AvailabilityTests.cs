using EodPredict.Availability;
using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Replay.Vendor;
using EodPredict.Tests.Database;
using EodPredict.Tests.Providers;
using Npgsql;

namespace EodPredict.Tests.Availability;

public sealed class AvailabilityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset FirstClose = WatchedProvider.FirstClose;

    [Fact]
    public async Task Every_session_is_found_and_its_payload_kept_once()
    {
        var sessions = WatchedProvider.Days(12, ("AAA", 75), ("BBB", 180));
        await using var watched = await WatchedProvider.StartAsync(database, sessions);
        await watched.LiveUntilAsync(FirstClose.AddDays(14));

        Assert.Equal(24L, await CountAsync("session where state = 'found'"));
        Assert.Equal(24L, await CountAsync("payload"));
        Assert.Equal(watched.Provider.Usage.Gets, await CountAsync("observation where method = 'GET'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from eod.session where gets <> (select count(*) from eod.observation o where o.ticker = session.ticker and o.session_date = session.session_date)"));
    }

    [Fact]
    public async Task An_arrival_lies_in_the_interval_that_the_checks_left()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(10, ("AAA", 100)));
        await watched.LiveUntilAsync(FirstClose.AddDays(12));

        Assert.Equal(10L, await CountAsync("arrival where after_at - close_at < interval '100 minutes' and by_at - close_at >= interval '100 minutes'"));
    }

    [Fact]
    public async Task What_was_learned_makes_checks_fewer_and_finds_sooner()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(40, ("AAA", 100)));
        await watched.LiveUntilAsync(FirstClose.AddDays(42));

        var first = await GetsAsync(0, 5);
        var last = await GetsAsync(35, 40);
        Assert.True(last <= 7 && last < first, $"the first five sessions took {first} GETs, the last five {last}");
    }

    [Fact]
    public async Task Two_services_that_are_both_given_each_job_make_each_check_once()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(4, ("AAA", 75), ("BBB", 180)), services: 2);
        await watched.LiveUntilAsync(FirstClose.AddDays(7));

        Assert.Equal(8L, await CountAsync("session where state = 'found'"));
        Assert.Equal(watched.Provider.Usage.Gets, await CountAsync("observation where method = 'GET'"));
        Assert.Equal(0L, await database.ScalarAsync<long>(
            "select count(*) from (select from eod.observation where method = 'GET' group by ticker, session_date, sent_at having count(*) > 1) as twice"));
    }

    [Fact]
    public async Task A_lease_falls_free_when_its_process_dies_and_not_before()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", 75)), services: 2);
        var due = watched.Clock.GetUtcNow().AddDays(1);
        watched.Clock.AdvanceTo(FirstClose);
        await watched.Get<SessionOpening>().RunAsync(WatchedProvider.Dataset, CancellationToken.None);
        var id = await database.ScalarAsync<long>("select session_id from eod.session");

        Assert.NotNull(await watched.Get<SessionStore>(0).LeaseAsync(id, due, CancellationToken.None));
        Assert.Null(await watched.Get<SessionStore>(1).LeaseAsync(id, due, CancellationToken.None));
        await watched.Get<WorkerPresence>(0).StopAsync(CancellationToken.None);
        Assert.NotNull(await watched.Get<SessionStore>(1).LeaseAsync(id, due, CancellationToken.None));
    }

    [Fact]
    public async Task A_check_that_is_delivered_early_is_planned_again()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", 75)));
        watched.Clock.AdvanceTo(FirstClose);
        await watched.Get<SessionOpening>().RunAsync(WatchedProvider.Dataset, CancellationToken.None);
        var id = await database.ScalarAsync<long>("select session_id from eod.session");
        await watched.Jobs.CancelAsync(new JobKey(AvailabilityJobs.Check, $"{id}"), CancellationToken.None);

        await watched.Get<SessionCheck>().RunAsync($"{id}", CancellationToken.None);
        await watched.LiveUntilAsync(FirstClose.AddDays(4));
        Assert.Equal(1L, await CountAsync("session where state = 'found'"));
    }

    [Fact]
    public async Task A_spent_budget_puts_checks_off_to_the_next_day_and_loses_none()
    {
        await using var watched = await WatchedProvider.StartAsync(
            database, WatchedProvider.Days(1, ("AAA", 30), ("BBB", 30), ("CCC", 30)), settings: new() { ["DailyGetBudget"] = "2" });
        await watched.LiveUntilAsync(FirstClose.AddDays(4));

        Assert.Equal(3L, await CountAsync("session where state = 'found'"));
        Assert.Equal(0L, await CountAsync("get_budget where spent > 2"));
    }

    [Fact]
    public async Task A_short_budget_makes_every_ticker_wait_a_little_instead_of_the_last_a_day()
    {
        // Spread over two hours, each day anew: where GETs are no matter, each ticker takes more than two of them.
        var random = new Random(4);
        var sessions = Enumerable.Range(0, 12).SelectMany(day => Enumerable.Range(0, 10).Select(i => new RecordedSession(
            $"T{i}", DateOnly.FromDateTime(FirstClose.UtcDateTime).AddDays(day), FirstClose.AddDays(day),
            FirstClose.AddDays(day).AddMinutes(10 + (110 * random.NextDouble()))))).ToList();
        await using var watched = await WatchedProvider.StartAsync(
            database, sessions, settings: new() { ["DailyGetBudget"] = "14", ["BudgetTimeZone"] = "America/New_York" });
        await watched.LiveUntilAsync(FirstClose.AddDays(14));

        Assert.Equal(120L, await CountAsync("session where state = 'found'"));
        Assert.Equal(0L, await CountAsync("get_budget where spent > 14"));
        Assert.True(await CountAsync("get_budget where scarcity > 0") > 0);
        Assert.InRange(await CountAsync("session where found_at < close_at + interval '8 hours' and session_date >= '2026-03-06'"), 76, 80);

    }

    [Fact]
    public async Task What_is_never_published_is_missed_at_the_horizon()
    {
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", double.PositiveInfinity)));
        await watched.LiveUntilAsync(FirstClose.AddDays(4));

        Assert.Equal(1L, await CountAsync("session where state = 'missed'"));
        Assert.Equal(1L, await CountAsync("arrival where by_at is null and after_at = close_at + interval '48 hours'"));
    }

    [Fact]
    public async Task A_throttled_provider_is_left_alone_and_nothing_is_learned_from_it()
    {
        var options = new ReplayProviderOptions();
        options.Throttle.DailyLimit = 1;
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", 30), ("BBB", 30)), options);
        await watched.LiveUntilAsync(FirstClose.AddDays(5));

        Assert.Equal(2L, await CountAsync("session where state = 'found'"));
        Assert.True(await CountAsync("observation where outcome = 'throttled'") is > 0 and < 20);
        Assert.Equal(0L, await CountAsync("session where last_not_yet_at in (select sent_at from eod.observation where outcome = 'throttled')"));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_asked_by_one_for_all_until_it_does()
    {
        (string, double)[] tickers = [.. Enumerable.Range(0, 40).Select(i => ($"T{i}", 30.0))];
        var settings = new Dictionary<string, string?> { ["BaseAddress"] = "http://127.0.0.1:1" };
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, tickers), settings: settings);
        await watched.LiveUntilAsync(FirstClose.AddHours(6));

        // Asked for each ticker, it would have been some five hundred.
        Assert.True(await CountAsync("observation where status is null") is > 3 and < 60);
        Assert.Equal(40L, await CountAsync("session where state = 'open'"));

        settings["BaseAddress"] = watched.Provider.BaseAddress.ToString();
        await watched.RestartAsync();
        await watched.LiveUntilAsync(FirstClose.AddHours(6.5));
        Assert.Equal(40L, await CountAsync("session where state = 'found'"));
        Assert.Equal(0L, await CountAsync("provider_hold"));
    }

    [Fact]
    public async Task A_provider_whose_server_fails_is_asked_by_one_for_all_until_it_does_not()
    {
        (string, double)[] tickers = [.. Enumerable.Range(0, 40).Select(i => ($"T{i}", 30.0))];
        var options = new ReplayProviderOptions();
        options.Faults.Outages.Add(new OutageWindow { From = FirstClose, Until = FirstClose.AddHours(6) });
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, tickers), options);
        await watched.LiveUntilAsync(FirstClose.AddHours(6));
        Assert.True(await CountAsync("observation where status = 503") is > 3 and < 60);

        // Another one asks each time.
        Assert.True(await database.ScalarAsync<long>("select count(distinct ticker) from eod.observation where status = 503") > 15);
        await watched.LiveUntilAsync(FirstClose.AddHours(6.5));
        Assert.Equal(40L, await CountAsync("session where state = 'found'"));
        Assert.Equal(0L, await CountAsync("provider_hold"));
    }

    [Fact]
    public async Task A_refused_key_stops_the_spending()
    {
        await using var watched = await WatchedProvider.StartAsync(
            database, WatchedProvider.Days(1, ("AAA", 30), ("BBB", 30), ("CCC", 30)), new ReplayProviderOptions { Key = "secret" });
        await watched.LiveUntilAsync(FirstClose.AddHours(30));

        Assert.True(await CountAsync("observation where outcome = 'refused'") is > 0 and < 30);
        Assert.Equal(3L, await CountAsync("session where state = 'open'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from eod.observation where reason like '%secret%'"));
    }

    [Fact]
    public async Task A_HEAD_that_proved_right_is_asked_first_and_saves_GETs()
    {
        var settings = new Dictionary<string, string?> { [$"Datasets:{WatchedProvider.Dataset}:HeadSign"] = "EntityTag" };
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(30, ("AAA", 75), ("BBB", 250), ("CCC", 400)), settings: settings);
        await watched.LiveUntilAsync(FirstClose.AddDays(32));

        Assert.Equal(90L, await CountAsync("session where state = 'found'"));
        Assert.True((await database.ScalarAsync<double>("select yes_and_there from eod.signal_trust where method = 'HEAD'")) > 3);
        Assert.True(await CountAsync("observation o where method = 'HEAD' and outcome <> 'available' and not exists (select from eod.observation g where g.method = 'GET' and g.ticker = o.ticker and g.session_date = o.session_date and g.sent_at - o.sent_at < interval '10 seconds' and g.sent_at >= o.sent_at)") > 0);
    }

    [Fact]
    public async Task A_revision_becomes_a_second_version()
    {
        var options = new ReplayProviderOptions { RevisedAfter = TimeSpan.FromHours(3) };
        var settings = new Dictionary<string, string?> { [$"Datasets:{WatchedProvider.Dataset}:RereadAfter:0"] = "06:00:00" };
        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", 30)), options, settings);
        await watched.LiveUntilAsync(FirstClose.AddDays(2));

        Assert.Equal(2L, await CountAsync("payload"));
        Assert.Equal(1L, await CountAsync("arrival"));
    }

    [Fact]
    public async Task The_webhook_is_told_of_an_arrival_until_it_answers_with_success()
    {
        var statuses = new Queue<int>([500, 503, 204]);
        await using var hook = await TestVendor.StartAsync(context =>
        {
            context.Response.StatusCode = statuses.Dequeue();
            return Task.CompletedTask;
        });
        await using var watched = await WatchedProvider.StartAsync(
            database, WatchedProvider.Days(1, ("AAA", 30)), settings: new() { ["Webhook:Address"] = hook.Address });
        await watched.LiveUntilAsync(FirstClose.AddDays(4));

        Assert.Equal(3, hook.Calls.Count);
        Assert.Equal(0L, await CountAsync("webhook_call"));
    }

    [Fact]
    public async Task An_arrival_is_told_to_whoever_listens()
    {
        await using var listener = await database.DataSource.OpenConnectionAsync();
        await using var listen = new NpgsqlCommand($"listen {ArrivalLog.Channel}", listener);
        await listen.ExecuteNonQueryAsync();
        var told = new List<string>();
        listener.Notification += (_, notification) => told.Add(notification.Payload);

        await using var watched = await WatchedProvider.StartAsync(database, WatchedProvider.Days(1, ("AAA", 30)));
        await watched.LiveUntilAsync(FirstClose.AddDays(4));
        await new NpgsqlCommand("select 1", listener).ExecuteScalarAsync();

        Assert.Equal(["""{"dataset":"watched","ticker":"AAA","session_date":"2026-03-02","version":1}"""], told);
    }

    private Task<long> CountAsync(string rows) => database.ScalarAsync<long>($"select count(*) from eod.{rows}");

    private Task<long> GetsAsync(int from, int to) => database.ScalarAsync<long>(
        "select sum(gets) from eod.session where session_date >= $1 and session_date < $2",
        DateOnly.FromDateTime(FirstClose.UtcDateTime).AddDays(from), DateOnly.FromDateTime(FirstClose.UtcDateTime).AddDays(to));
}
