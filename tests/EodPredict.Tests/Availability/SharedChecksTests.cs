using EodPredict.Availability;
using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Replay.Recorded;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Availability;

/// <summary>What tickers of one provider tell of each other, live: seen in the GETs that are spent.</summary>
public sealed class SharedChecksTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int DaysKnown = 40;

    private static readonly string[] Drop = ["D1", "D2", "D3", "D4", "D5", "D6"];
    private static readonly DateTimeOffset FirstClose = WatchedProvider.FirstClose;

    [Fact]
    public async Task One_of_a_batch_is_asked_for_all_and_the_others_follow_at_once()
    {
        await using var watched = await WatchAsync(SharedDrop(6));
        await watched.LiveUntilAsync(FirstClose.AddDays(7));

        Assert.Equal(Drop, await database.ScalarAsync<string[]>(
            "select array_agg(ticker order by ticker) from eod.companion where kind = 'batch'"));
        await BatchIsSharedAsync(fromDay: 1, toDay: 6);
    }

    [Fact]
    public async Task Why_a_check_is_made_then_tells_of_the_others()
    {
        await using var watched = await WatchAsync(SharedDrop(3));
        await watched.LiveUntilAsync(FirstClose.AddDays(2));

        Assert.Equal(6, await database.ScalarAsync<long>(
            """
            select count(*) from eod.session
            where state = 'open' and next_check_why like '%. One of _ tickers that land together; the others follow as soon as it lands.'
            """));
    }

    [Fact]
    public async Task A_service_that_starts_anew_in_the_middle_of_the_day_goes_on_with_the_same_company()
    {
        await using var watched = await WatchAsync(SharedDrop(6));
        for (var day = 1; day < 6; day++)
        {
            await watched.LiveUntilAsync(FirstClose.AddDays(day).AddMinutes(130));
            var (before, waiting) = await KnownAsync(watched, 0, day, "D2");
            await watched.RestartAsync();
            var (after, waitingAfter) = await KnownAsync(watched, 0, day, "D2");

            Assert.Equal(waiting, waitingAfter, 0.5);
            Assert.Equal(before.ProbabilityBy(TimeSpan.FromMinutes(150)), after.ProbabilityBy(TimeSpan.FromMinutes(150)), 0.2);
        }

        await watched.LiveUntilAsync(FirstClose.AddDays(7));
        await BatchIsSharedAsync(fromDay: 1, toDay: 6);
    }

    [Fact]
    public async Task Two_services_share_one_batch()
    {
        await using var watched = await WatchAsync(SharedDrop(6), services: 2);
        await watched.LiveUntilAsync(FirstClose.AddDays(7));

        await BatchIsSharedAsync(fromDay: 1, toDay: 6);
        Assert.Equal(
            watched.Provider.Usage.Gets, await database.ScalarAsync<long>("select count(*) from eod.observation where method = 'GET'"));
    }

    [Fact]
    public async Task What_one_service_learned_of_a_batch_the_other_knows()
    {
        var sessions = SharedDrop(3).ConvertAll(s => s.SessionDate == Day(2) ? s with { Arrival = s.Close.AddMinutes(188) } : s);
        await using var watched = await WatchAsync(sessions, services: 2);
        await watched.LiveUntilAsync(FirstClose.AddDays(2));
        var before = await KnownAsync(watched, 1, 2, "D5");
        await watched.LiveUntilAsync(FirstClose.AddDays(2).AddMinutes(175), service: 0);
        var after = await KnownAsync(watched, 1, 2, "D5");

        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from eod.session where state = 'found' and session_date = $1", Day(2)));
        Assert.True(before.Law.ProbabilityBy(TimeSpan.FromMinutes(150)) > 0.4);
        Assert.True(after.Law.ProbabilityBy(TimeSpan.FromMinutes(150)) < 0.1);
    }

    [Fact]
    public async Task While_one_of_a_batch_is_asked_the_others_wait_and_a_dead_process_holds_nobody_up()
    {
        await using var watched = await WatchAsync(SharedDrop(3), services: 2);
        await watched.LiveUntilAsync(FirstClose.AddDays(2).AddMinutes(1));
        var sessions = await SessionsAsync(Day(2));
        var gets = watched.Provider.Usage.Gets;
        Assert.True(await watched.Get<BatchTurns>(0).TakeAsync(sessions["D1"], "D1", CancellationToken.None));
        await CheckNowAsync("D2");

        Assert.Equal(gets, watched.Provider.Usage.Gets);
        Assert.Equal("Another of the 6 tickers that land together is being asked.", await WhyAsync("D2"));

        await watched.Get<WorkerPresence>(0).StopAsync(CancellationToken.None);
        await CheckNowAsync("D2");
        Assert.Contains("the others follow as soon as it lands", await WhyAsync("D2"), StringComparison.Ordinal);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from eod.batch_turn"));

        async Task CheckNowAsync(string ticker)
        {
            var id = sessions[ticker].Id;
            await database.ScalarAsync<object>(
                "update eod.session set next_check_at = $2 where session_id = $1", id, watched.Clock.GetUtcNow());
            await watched.Get<SessionCheck>(1).RunAsync($"{id}", CancellationToken.None);
        }

        Task<string?> WhyAsync(string ticker) =>
            database.ScalarAsync<string>("select next_check_why from eod.session where session_id = $1", sessions[ticker].Id);
    }

    [Fact]
    public async Task A_ticker_that_lands_apart_leaves_its_batch()
    {
        var sessions = SharedDrop(22).ConvertAll(s => s.Ticker == "D4" ? s with { Arrival = s.Arrival!.Value.AddHours(4) } : s);
        await using var watched = await WatchAsync(sessions);
        await watched.LiveUntilAsync(FirstClose.AddDays(24));

        Assert.Equal(sessions.Count, await database.ScalarAsync<long>("select count(*) from eod.session where state = 'found'"));
        Assert.Equal(5, await database.ScalarAsync<long>("select count(*) from eod.companion where kind = 'batch' and ticker <> 'D4'"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from eod.companion where kind = 'batch' and ticker = 'D4' and trust > 0.3"));
    }

    private async Task<Dictionary<string, OpenSession>> SessionsAsync(DateOnly sessionDate)
    {
        var sessions = new Dictionary<string, OpenSession>();
        foreach (var ticker in Drop)
        {
            sessions[ticker] = new OpenSession
            {
                Id = await database.ScalarAsync<long>(
                    "select session_id from eod.session where ticker = $1 and session_date = $2", ticker, sessionDate),
                Dataset = WatchedProvider.Dataset,
                Ticker = ticker,
                SessionDate = sessionDate,
                Close = FirstClose.AddDays(2),
                Method = CheckMethod.Get,
            };
        }

        return sessions;
    }

    private static DateOnly Day(int day) => DateOnly.FromDateTime(FirstClose.UtcDateTime).AddDays(day);

    // Six tickers in one file, at any time within an hour and a half.
    private static List<RecordedSession> SharedDrop(int days)
    {
        var random = new Random(3);
        return [.. from day in Enumerable.Range(0, days)
                   let close = FirstClose.AddDays(day)
                   let drop = close.AddMinutes(100 + random.Next(90))
                   from ticker in Drop
                   select new RecordedSession(ticker, Day(day), close, drop)];
    }

    private async Task<WatchedProvider> WatchAsync(List<RecordedSession> sessions, int services = 1)
    {
        var watched = await WatchedProvider.StartAsync(database, sessions, services: services);
        var random = new Random(5);
        var known = from day in Enumerable.Range(-DaysKnown, DaysKnown)
                    let close = FirstClose.AddDays(day)
                    let check = 100 + (10 * random.Next(9))
                    from ticker in Drop
                    let interval = new ArrivalInterval(TimeSpan.FromMinutes(check), TimeSpan.FromMinutes(check + 10))
                    select (ticker, new PastArrival(Day(day), close, interval));
        await new ArrivalImport(database.DataSource, watched.Clock)
            .ImportAsync(WatchedProvider.Dataset, [.. known], CancellationToken.None);
        return watched;
    }

    private static async Task<(ArrivalLaw Law, double Waiting)> KnownAsync(WatchedProvider watched, int service, int day, string ticker)
    {
        var dataset = watched.Get<DatasetCatalog>(service).All.Single();
        var forecaster = watched.Get<DatasetForecasters>(service).Of(dataset);
        var close = FirstClose.AddDays(day);
        await forecaster.FindAsync(ticker, Day(day), close, CancellationToken.None);
        var known = forecaster.Plan(Day(day), [(ticker, close)])[0];
        return (known.Law, known.TickersWaiting);
    }

    private async Task BatchIsSharedAsync(int fromDay, int toDay)
    {
        var days = toDay - fromDay;
        var gets = await database.ScalarAsync<long>(
            "select sum(gets) from eod.session where session_date >= $1 and session_date < $2", Day(fromDay), Day(toDay));
        var apart = await database.ScalarAsync<TimeSpan>(
            """
            select max(apart) from (
                select max(found_at) - min(found_at) as apart from eod.session
                where session_date >= $1 and session_date < $2 group by session_date) as days
            """, Day(fromDay), Day(toDay));

        Assert.InRange(gets, days * Drop.Length, days * (Drop.Length + 4));
        Assert.True(apart < TimeSpan.FromMinutes(1), $"the tickers of a drop were found {apart} apart");
    }
}
