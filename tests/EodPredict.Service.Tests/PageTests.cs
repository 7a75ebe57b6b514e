using System.Text.Json;

namespace EodPredict.Service.Tests;

public sealed class PageTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    [Fact]
    public async Task The_page_shows_the_late_one_first_with_its_law_its_calls_and_why_it_is_asked_next()
    {
        await OpenAsync("page-early", "AAA", closedMinutesAgo: 30);
        await OpenAsync("page-late", "BBB <&>", closedMinutesAgo: 240);
        await using var call = served.Database.CreateCommand("""
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at)
            select dataset, ticker, session_date, 'GET', 'not_yet', 'nothing there',
                close_at + interval '1 hour', close_at + interval '1 hour'
            from eod.session where dataset = 'page-late'
            """);
        Assert.Equal(1, await call.ExecuteNonQueryAsync());

        var page = await served.Eod.ReadAsync("/");
        Assert.Contains("BBB &lt;&amp;&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("BBB <&>", page, StringComparison.Ordinal);
        var (late, early) = (page.IndexOf("BBB", StringComparison.Ordinal), page.IndexOf("AAA", StringComparison.Ordinal));
        Assert.True(late < early, "the late one comes first");
        Assert.Contains("<circle class=\"not_yet\"", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"law50\"", page, StringComparison.Ordinal);
        Assert.Contains("because it is likely", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_behind_it_has_the_same_as_JSON()
    {
        await OpenAsync("api", "CCC", closedMinutesAgo: 30);
        using var json = JsonDocument.Parse(await served.Eod.ReadAsync("/api/sessions"));
        var session = json.RootElement.GetProperty("entries").EnumerateArray()
            .Single(one => one.GetProperty("dataset").GetString() == "api");
        Assert.Equal("CCC", session.GetProperty("ticker").GetString());
        Assert.Equal("open", session.GetProperty("state").GetString());
        Assert.False(session.GetProperty("late").GetBoolean());
        Assert.Equal(5, session.GetProperty("law_minutes").GetArrayLength());
        Assert.Equal("GET", session.GetProperty("next_method").GetString());
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_and_by_name()
    {
        foreach (var ticker in new[] { "PG1", "PG2", "PG3", "PG4", "PG5" })
        {
            await OpenAsync("paged", ticker, closedMinutesAgo: 30);
        }

        using var api = new JsonClient(served.Eod);
        Assert.Equal(
            ["PG5", "PG4", "PG3", "PG2", "PG1"],
            (await api.AllAsync("/api/sessions?q=paged", 2)).Select(session => session.GetProperty("ticker").GetString()));
        Assert.Single(await api.AllAsync("/api/sessions?q=PG3&state=open", 2));
    }

    [Fact]
    public async Task Readiness_names_the_engines_the_database_and_the_clock()
    {
        using var json = JsonDocument.Parse(await served.Eod.ReadAsync("/health/ready"));
        var ready = json.RootElement;
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Matches("Quartz|Hangfire", ready.GetProperty("job_engine").GetString());
        Assert.Matches("XGBoost|FastTree", ready.GetProperty("tree_learner").GetString());
        Assert.True(ready.GetProperty("database").GetProperty("migrations").GetInt64() >= 2);
        Assert.Equal(1, ready.GetProperty("clock").GetProperty("speed").GetDouble());
    }

    [Fact]
    public async Task Tickers_that_land_together_are_one_row_that_opens_and_are_found_by_part_of_their_name()
    {
        foreach (var ticker in new[] { "FOLD1", "FOLD2", "FOLD3" })
        {
            await OpenAsync("fold", ticker, closedMinutesAgo: 30);
        }

        await RunAsync(
            "insert into eod.companion select 'fold', 'batch', 'FOLD' || i, 'FOLD1', .9, '2026-01-01' from generate_series(1, 3) i");
        var folded = await served.Eod.ReadAsync("/?q=FOLD");
        Assert.Contains("3 that land together", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("ticker=FOLD2", folded, StringComparison.Ordinal);
        Assert.Contains("ticker=FOLD2", await served.Eod.ReadAsync("/?with=FOLD1"), StringComparison.Ordinal);
        Assert.Contains("No session fits", await served.Eod.ReadAsync("/?q=FOLDED"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_explained_with_what_was_asked_what_others_told_and_the_numbers_as_CSV()
    {
        await OpenAsync("why", "W<1>", closedMinutesAgo: 90);
        await OpenAsync("why", "W2", closedMinutesAgo: 90);
        await RunAsync("""
            insert into eod.companion select 'why', 'batch', unnest(array['W<1>', 'W2']), 'W<1>', .9, '2026-01-01';
            update eod.session set state = 'found', found_at = close_at + interval '80 minutes', next_check_at = null
            where dataset = 'why' and ticker = 'W2';
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status)
            select dataset, ticker, session_date, 'GET', 'not_yet', '<b>the reply</b> ends before',
                close_at + interval '1 hour', close_at + interval '1 hour', 200
            from eod.session where dataset = 'why' and ticker = 'W<1>'
            """);
        await using var id = served.Database.CreateCommand("select session_id from eod.session where dataset = 'why' and ticker = 'W<1>'");
        var path = $"/why?session={await id.ExecuteScalarAsync()}";
        var page = await served.Eod.ReadAsync(path);
        Assert.Contains("<h1>W&lt;1&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Contains("because it is likely", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;the reply&lt;/b&gt; ends before", page, StringComparison.Ordinal);
        Assert.Matches(">W2</a>[^?]*batch[^?]*found", page);

        var csv = (await served.Eod.ReadAsync($"{path}&csv=law")).Split("\r\n");
        Assert.Equal("law,minutes,at_utc,probability", csv[0]);
        Assert.StartsWith("at the close,60,", csv[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_endpoint_bore_is_shown_with_the_limit_that_was_learned()
    {
        await RunAsync("""
            insert into eod.throttle_observation
            select 'https://host/<x>', date_trunc('minute', now()) - i * interval '1 minute', 1, 700, 600, 100, 0, 4, null, 12, true
            from generate_series(1, 600) i;
            insert into eod.endpoint_limit values ('https://host/<x>', 11.5, now())
            """);
        var page = await served.Eod.ReadAsync("/throttle");
        Assert.Contains("https://host/&lt;x&gt;", page, StringComparison.Ordinal);
        Assert.Contains("11.5 a second", page, StringComparison.Ordinal);
        Assert.Contains("10 a second</title>", page, StringComparison.Ordinal);
        var minutes = (await served.Eod.ReadAsync("/throttle?csv=minutes")).TrimEnd().Split("\r\n");
        Assert.Equal(241, minutes.Length);
        Assert.EndsWith(",10,1.6666666666666667", minutes[1], StringComparison.Ordinal);
    }

    private async Task OpenAsync(string dataset, string ticker, int closedMinutesAgo)
    {
        await using var insert = served.Database.CreateCommand("""
            insert into eod.session (dataset, ticker, session_date, close_at, next_check_at, next_method, next_check_why, law_minutes)
            values ($1, $2, $3, $4, $5, 'GET', 'because it is likely', '{60,75,90,100,120}')
            """);
        var close = TestTime.Wall.GetUtcNow().AddMinutes(-closedMinutesAgo);
        foreach (var value in new object[] { dataset, ticker, DateOnly.FromDateTime(close.UtcDateTime), close, close.AddDays(2) })
        {
            insert.Parameters.Add(new() { Value = value });
        }

        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
    }

    private async Task RunAsync(string sql)
    {
        await using var command = served.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
