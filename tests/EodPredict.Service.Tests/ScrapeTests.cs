using System.Net;
using System.Text;
using System.Text.Json;

namespace EodPredict.Service.Tests;

/// <summary>Scraping from the command line and by HTTP, with the vendor, the service and the commands as real processes.</summary>
public sealed class ScrapeTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const int Items = 1000;

    private (string, string) Database => ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_stores_each_item_once()
    {
        using var folder = new TestFolder();
        await using var vendor = await LimitedVendor.StartAsync(folder, "TokenBucket", 200);
        string[] command = ["scrape", "--job", "killed", "--url", $"{vendor.Url}items/{{id}}", "--ids", $"1..{Items}"];
        await using (var killed = EodProcess.Start(folder, command, Database))
        {
            await TestTime.UntilAsync("something is stored", async () => await StoredAsync("killed") > 0);
            killed.Signal("KILL");
            await killed.ExitCodeAsync();
        }

        Assert.InRange(await StoredAsync("killed"), 1, Items - 1);
        await using var again = await EodProcess.RunAsync(folder, [.. command, "--report", folder.PathOf("report.json")], Database);
        Assert.Equal(0, await again.ExitCodeAsync());
        Assert.Contains($" of {Items} stored", again.Error, StringComparison.Ordinal);
        Assert.Contains("are stored", again.Output, StringComparison.Ordinal);

        var report = JsonDocument.Parse(await File.ReadAllTextAsync(folder.PathOf("report.json"))).RootElement;
        Assert.Equal(
            ["items", "stored", "failed", "attempts", "refused", "seconds", "goodput_per_second", "limit"],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["rate_per_second", "window_seconds", "shape", "burst", "concurrency", "confidence"],
            report.GetProperty("limit").EnumerateObject().Select(property => property.Name));
        Assert.Equal((Items, Items, 0), (Number(report, "items"), Number(report, "stored"), Number(report, "failed")));

        await using var export = await EodProcess.RunAsync(
            folder, ["scrape", "export", "--job", "killed", "--out", folder.PathOf("items.jsonl")], Database);
        var ids = File.ReadLines(folder.PathOf("items.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(item => (Id: item.GetProperty("id").GetString(),
                Body: item.GetProperty("json").GetProperty("id").GetString())).ToList();
        Assert.Equal(Enumerable.Range(1, Items).Select(id => ($"{id}", $"{id}")), ids.Select(item => (item.Id!, item.Body!)));
    }

    [Fact]
    public async Task Interrupted_it_says_how_to_go_on()
    {
        using var folder = new TestFolder();
        await using var vendor = await LimitedVendor.StartAsync(folder, "StrictSpacing", 50);
        string[] command = ["scrape", "--job", "interrupted", "--url", $"{vendor.Url}items/{{id}}", "--ids", "1..100000"];
        await using var eod = EodProcess.Start(folder, command, Database);
        await TestTime.UntilAsync("something is stored", async () => await StoredAsync("interrupted") > 0);
        eod.Signal("INT");
        Assert.Equal(130, await eod.ExitCodeAsync());
        Assert.Contains("Run the same command again", eod.Error, StringComparison.Ordinal);
        await using var status = await EodProcess.RunAsync(folder, ["scrape", "status", "--job", "interrupted"], Database);
        Assert.StartsWith("job: interrupted\nstate: open\n", status.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url", "http://127.0.0.1/{id}")]
    [InlineData("--url", "http://127.0.0.1/{id}", "--ids", "5..1")]
    [InlineData("--url", "http://127.0.0.1/{id}", "--ids", "1..2", "--ids-file", "ids")]
    [InlineData("--url", "http://127.0.0.1/{id}", "--ids", "1..2", "--max-pace", "0")]
    [InlineData("--url", "http://127.0.0.1/{id}", "--ids", "1..2", "--finish-by", "soon")]
    [InlineData("--ids", "1..2")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        using var folder = new TestFolder();
        await using var eod = await EodProcess.RunAsync(folder, ["scrape", "--job", "wrong", .. arguments]);
        Assert.Equal(2, await eod.ExitCodeAsync());
    }

    [Fact]
    public async Task The_service_runs_a_job_that_is_posted_pauses_it_and_goes_on()
    {
        using var folder = new TestFolder();
        await using var vendor = await LimitedVendor.StartAsync(folder, "TokenBucket", 200);
        var body = $$"""{"name":"posted","url":"{{vendor.Url}}items/{id}","first_id":1,"last_id":{{Items}},"ids":["more"]}""";
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/api/scrapes", body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/api/scrapes", body)).Status);
        await TestTime.UntilAsync("something is stored", async () => await StoredAsync("posted") > 0);

        var (paused, state) = await PostAsync("/api/scrapes/posted/pause", "");
        Assert.Equal((HttpStatusCode.OK, "paused"), (paused, state.GetProperty("state").GetString()));
        await TestTime.UntilAsync("it stops", async () => !(await StatusAsync("posted")).GetProperty("is_running").GetBoolean());
        Assert.Equal("paused", (await StatusAsync("posted")).GetProperty("state").GetString());

        await PostAsync("/api/scrapes/posted/resume", "");
        await TestTime.UntilAsync("it is done", async () => (await StatusAsync("posted")).GetProperty("state").GetString() == "done");
        Assert.Equal((Items + 1, 0), (Number(await StatusAsync("posted"), "stored"), Number(await StatusAsync("posted"), "failed")));
        var lines = (await served.Eod.ReadAsync("/api/scrapes/posted/items")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Items + 1, lines.Distinct().Count());
        Assert.Contains("\"posted\"", await served.Eod.ReadAsync("/api/scrapes"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("/api/scrapes/posted/pause", "")).Status);

        using var api = new JsonClient(served.Eod);
        var runs = await api.AllAsync("/api/runs?q=posted", 1);
        Assert.Equal(["done", "stopped"], runs.Select(run => run.GetProperty("outcome").GetString()));
        Assert.Contains("0 failed; ", runs[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        var model = await served.Eod.ReadAsync($"/throttle?endpoint={Uri.EscapeDataString(vendor.Url + "items/{id}")}&csv=model");
        Assert.Equal(
            ["shape", "rate", "window", "phase", "burst", "in_flight", "refusals_count", "ban"],
            model.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task Jobs_are_listed_page_by_page()
    {
        foreach (var name in new[] { "listed-1", "listed-2", "listed-3" })
        {
            await PostAsync("/api/scrapes", $$"""{"name":"{{name}}","url":"http://127.0.0.1:1/{id}","ids":["x"]}""");
            await PostAsync($"/api/scrapes/{name}/cancel", "");
        }

        using var api = new JsonClient(served.Eod);
        var listed = await api.AllAsync("/api/scrapes?state=cancelled", 2);
        Assert.Equal(
            ["listed-3", "listed-2", "listed-1"],
            listed.Select(job => job.GetProperty("name").GetString()!).Where(name => name.StartsWith("listed", StringComparison.Ordinal)));
    }

    // 50 a second at the hour that begins next but one, of all the days, and 5 at the others.
    [Fact]
    public async Task What_can_wait_is_planned_shown_and_sent_in_the_best_hours()
    {
        const string Url = "http://127.0.0.1:1/best/{id}";
        var now = TestTime.Wall.GetUtcNow();
        await using (var fill = served.Database.CreateCommand("""
            insert into eod.throttle_observation
            select $1, m, 1, 310, 300, 10, 0, 4, null, case when extract(hour from m) = extract(hour from $2 + interval '2 hours') then 50 else 5
                end, true
            from generate_series(date_trunc('hour', $2) - interval '14 days', $2 - interval '1 minute', interval '15 minutes') m
            """))
        {
            fill.Parameters.Add(new() { Value = Url });
            fill.Parameters.Add(new() { Value = now });
            await fill.ExecuteNonQueryAsync();
        }

        var body = $$"""{"name":"best","url":"{{Url}}","first_id":1,"last_id":5000,"finish_by":"{{now.AddHours(20):yyyy-MM-ddTHH:mmZ}}"}""";
        var (_, job) = await PostAsync("/api/scrapes", body);
        var starts = job.GetProperty("starts_at").GetDateTimeOffset();
        Assert.Equal((now.AddHours(2).Hour, true), (starts.Hour, starts > now));
        Assert.StartsWith("Starts at ", job.GetProperty("starts_because").GetString(), StringComparison.Ordinal);

        await TestTime.UntilAsync("it is planned again for the next window", async () =>
            (await served.Eod.ReadAsync("/jobs")).Contains("Scrape best", StringComparison.Ordinal));
        Assert.Equal(0, Number(await StatusAsync("best"), "attempts"));
        var endpoint = Uri.EscapeDataString(Url);
        Assert.Contains("best,", await served.Eod.ReadAsync($"/throttle?endpoint={endpoint}&csv=windows"), StringComparison.Ordinal);
        Assert.Equal(169, (await served.Eod.ReadAsync($"/throttle?endpoint={endpoint}&csv=forecast")).TrimEnd().Split('\n').Length);
        Assert.Contains("expected to bear", await served.Eod.ReadAsync("/scrapes"), StringComparison.Ordinal);

        using var folder = new TestFolder();
        await using var eod = EodProcess.Start(
            folder, ["scrape", "--job", "waits", "--url", Url, "--ids", "1..5000", "--any-time"], Database);
        await TestTime.UntilAsync("it says when", () => Task.FromResult(eod.Error.Contains("Starts at", StringComparison.Ordinal)));
        eod.Signal("INT");
        Assert.Equal(130, await eod.ExitCodeAsync());
    }

    [Theory]
    [InlineData("/api/scrapes", "nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/api/scrapes", """{"name":"n"}""", HttpStatusCode.BadRequest)]
    [InlineData("/api/scrapes", """{"name":"n","url":"http://host/none"}""", HttpStatusCode.BadRequest)]
    [InlineData("/api/scrapes", """{"name":"n","url":"http://host/{id}","headers":["X-Api-Key: s3cret"]}""", HttpStatusCode.BadRequest)]
    [InlineData("/api/scrapes/none/pause", "", HttpStatusCode.NotFound)]
    [InlineData("/api/scrapes/none/resume", "", HttpStatusCode.NotFound)]
    public async Task What_makes_no_sense_is_said(string path, string body, HttpStatusCode expected)
    {
        var (status, reply) = await PostAsync(path, body);
        Assert.Equal(expected, status);
        Assert.DoesNotContain("s3cret", reply.GetRawText(), StringComparison.Ordinal);
    }

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    private async Task<JsonElement> StatusAsync(string job) =>
        JsonDocument.Parse(await served.Eod.ReadAsync($"/api/scrapes/{job}")).RootElement;

    private async Task<long> StoredAsync(string job)
    {
        await using var command = served.Database.CreateCommand(
            "select coalesce(sum(stored), 0)::bigint from eod.scrape_job where name = $1");
        command.Parameters.Add(new() { Value = job });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<(HttpStatusCode Status, JsonElement Reply)> PostAsync(string path, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await http.PostAsync(new Uri(served.Eod.Url + path), content);
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.Clone());
    }
}
