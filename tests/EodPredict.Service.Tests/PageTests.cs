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
        var session = json.RootElement.GetProperty("sessions").EnumerateArray()
            .Single(one => one.GetProperty("dataset").GetString() == "api");
        Assert.Equal("CCC", session.GetProperty("ticker").GetString());
        Assert.Equal("open", session.GetProperty("state").GetString());
        Assert.False(session.GetProperty("late").GetBoolean());
        Assert.Equal(5, session.GetProperty("law_minutes").GetArrayLength());
        Assert.Equal("GET", session.GetProperty("next_method").GetString());
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
}
