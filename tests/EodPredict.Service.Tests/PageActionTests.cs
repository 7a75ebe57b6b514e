using System.Net;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>The pages of a service with a dataset, and their buttons.</summary>
public sealed class PageActionTests : IAsyncLifetime, IDisposable
{
    private const string Vendor = "Eod:Providers:vendor";
    private const string Dataset = $"{Vendor}:Datasets:eod";

    private readonly TestFolder _folder = new();
    private EodProcess _eod = null!;
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        _eod = await EodProcess.ServeAsync(
            _folder, ($"{Vendor}:BaseAddress", "http://127.0.0.1:1"), ($"{Dataset}:Calendar", "24/7"), ($"{Dataset}:Url", "/{ticker}"),
            ($"{Dataset}:Tickers:0", "A"), ("Eod:ModelsFolder", _folder.PathOf("models")));
        _database = NpgsqlDataSource.Create($"Host={_folder.Data};Username=eod;Database=eod");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _eod.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_is_paused_with_its_reason_run_by_hand_and_resumed_and_nothing_without_the_page_s_token()
    {
        (string, string)[] job = [("kind", "train"), ("id", "eod")];
        await TestTime.UntilAsync("training repeats", async () =>
            (await _eod.ReadAsync("/jobs")).Contains("Train the model of eod", StringComparison.Ordinal));
        using var form = new PageForm(_eod);
        Assert.Equal(HttpStatusCode.BadRequest, (await form.PostAsync(null, "/jobs/pause", [.. job, ("reason", "x")])).Status);
        Assert.Equal(0L, await CountAsync("eod.recurring_job where paused_at is not null"));

        Assert.Equal(HttpStatusCode.Found, (await form.PostAsync("/jobs", "/jobs/pause", [.. job, ("reason", "moving <b>")])).Status);
        Assert.Contains("moving &lt;b&gt;", await _eod.ReadAsync("/jobs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await form.PostAsync("/jobs", "/jobs/run", job)).Status);
        await TestTime.UntilAsync("it ran by hand", async () =>
            await CountAsync("eod.recurring_run where is_by_hand and outcome = 'done'") == 1);
        Assert.Contains("by hand", await _eod.ReadAsync("/jobs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await form.PostAsync("/jobs", "/jobs/resume", job)).Status);
        Assert.Equal(0L, await CountAsync("eod.recurring_job where paused_at is not null"));

        var (status, body) = await form.PostAsync("/jobs", "/jobs/run", ("kind", "train"), ("id", "<none>"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("No job train:&lt;none&gt; repeats", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scrape_is_paused_cancelled_and_its_failures_are_shown_as_text()
    {
        await using var made = _database.CreateCommand("""
            insert into eod.scrape_job (name, url, endpoint, headers, is_served, items, failed, created_at, stopped_because)
            values ('bars <i>', 'http://127.0.0.1:1/{id}', 'http://127.0.0.1:1/', '{}', true, 2, 1, now(), 'no key');
            insert into eod.scrape_item (job_id, state, item, reason)
            select job_id, 'failed', '1', '<script>alert(1)</script>' from eod.scrape_job
            """);
        await made.ExecuteNonQueryAsync();
        var page = await _eod.ReadAsync("/scrapes");
        Assert.Contains("bars &lt;i&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);

        using var form = new PageForm(_eod);
        Assert.Equal(HttpStatusCode.BadRequest, (await form.PostAsync(null, "/scrapes/cancel", ("name", "bars <i>"))).Status);
        Assert.Equal(HttpStatusCode.Found, (await form.PostAsync("/jobs", "/scrapes/pause", ("name", "bars <i>"))).Status);
        Assert.Equal(1L, await CountAsync("eod.scrape_job where state = 'paused'"));
        Assert.Equal(HttpStatusCode.Found, (await form.PostAsync("/scrapes", "/scrapes/cancel", ("name", "bars <i>"))).Status);
        Assert.Equal(1L, await CountAsync("eod.scrape_job where state = 'cancelled'"));
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_neither_promoted_nor_rolled_back()
    {
        Assert.Contains("eod train --dataset eod", await _eod.ReadAsync("/models"), StringComparison.Ordinal);
        await TestTime.UntilAsync("both trainings repeat", async () => await CountAsync("eod.recurring_job") == 2);
        using var form = new PageForm(_eod);
        var (status, body) = await form.PostAsync("/jobs", "/models/rollback", ("dataset", "eod"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("No model serves eod", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await form.PostAsync("/jobs", "/models/promote", ("dataset", "eod"), ("model",
            "../x"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await form.PostAsync(null, "/models/rollback", ("dataset", "eod"))).Status);
    }

    [Fact]
    public async Task Availability_shows_delays_and_GETs_beside_those_of_a_cron()
    {
        await using var known = _database.CreateCommand("""
            insert into eod.session (dataset, ticker, session_date, close_at, state, found_at, gets)
            values ('eod', 'T<1>', '2025-11-20', '2025-11-20 21:00Z', 'found', '2025-11-20 22:40Z', 2);
            insert into eod.arrival values
            ('eod', 'T<1>', '2025-11-20', '2025-11-20 21:00Z', '2025-11-20 22:20Z', '2025-11-20 22:40Z', 'check', now()),
            ('eod', 'T<1>', '2025-11-19', '2025-11-19 21:00Z', '2025-11-19 22:00Z', '2025-11-19 22:30Z', 'import', now())
            """);
        await known.ExecuteNonQueryAsync();
        Assert.Contains("T&lt;1&gt;, 20 Nov: 1 h 40 min</title>", await _eod.ReadAsync("/availability"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n2025-11-20,1,1,2,4\r\n", await _eod.ReadAsync("/availability?csv=gets"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n2025-11-20,20,20\r\n", await _eod.ReadAsync("/availability?csv=widths"), StringComparison.Ordinal);
        Assert.EndsWith("\r\nT<1>,90,100\r\n", await _eod.ReadAsync("/availability?csv=delays"), StringComparison.Ordinal);
    }

    private async Task<long> CountAsync(string rows)
    {
        await using var count = _database.CreateCommand($"select count(*) from {rows}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
