using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EodPredict.Service.Hosting;
using Microsoft.Playwright;
using Npgsql;

namespace EodPredict.Service.Tests.Browser;

/// <summary>
/// The running demo in a browser, as its user goes through it: recorded days replayed at a day a minute, a scraping job on a provider with a
/// limit, and every button pressed.
/// </summary>
public sealed partial class DemoPagesTests : IDisposable
{
    private const int Items = 600;

    private static readonly string[] Paths =
        ["/", "/availability", "/models", "/scrapes", "/throttle", "/orders", "/jobs"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task Every_page_of_the_demo_is_read_and_every_button_pressed()
    {
        await using var vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", 40);
        await using var demo = EodProcess.Start(_folder, ["demo", "--series", "scoop_nightly", "--port", "0"]);
        await TestTime.UntilAsync("the demo listens", () => Task.FromResult(demo.Url.Length > 0));
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(1280);

        await TrainAsync(browser, demo);
        await ScrapeAsync(browser, demo, vendor);
        await RecordOrdersAsync(browser, demo);
        await WatchTodayAsync(browser, demo);
        await ExplainAsync(browser, demo);
        await PauseAsync(browser, demo);
        await ChooseModelsAsync(browser, demo);
        await ReadEveryPageAsync(browser, demo);
        await ReadEngineAsync(browser, demo);
        Assert.Equal([new Uri(demo.Url).Authority], browser.Hosts);
        Assert.Empty(browser.Complaints);
        await ReadAsReaderAsync(demo);
    }

    // Jobs: run now, pause with a reason, resume.
    private static async Task TrainAsync(Chromium browser, EodProcess demo)
    {
        await browser.OpenAsync(demo.Url + "/jobs");
        await browser.UntilSaysAsync("Train the model of recorded");
        await browser.Page.FillAsync("[id=\"reason-train:recorded\"]", "looking first");
        await browser.PressAsync("pause-train:recorded");
        await browser.UntilSaysAsync("looking first");
        await browser.PressAsync("resume-train:recorded");
        await Assertions.Expect(browser.Page.Locator("main")).Not.ToContainTextAsync("looking first");
        await browser.PressAsync("run-train:recorded");
        await browser.UntilSaysAsync("by hand");
    }

    // Scrapes: progress, pause, resume, cancel, retry.
    private static async Task ScrapeAsync(Chromium browser, EodProcess demo, EodProcess vendor)
    {
        var url = vendor.Url.TrimEnd('/') + "/items/{id}";
        await PostAsync(demo, "/api/scrapes", new { name = "bars", url, first_id = 1, last_id = Items });
        await browser.OpenAsync(demo.Url + "/scrapes");
        await browser.PressAsync("pause-bars");
        await browser.UntilSaysAsync("paused");
        await browser.PressAsync("resume-bars");
        await Assertions.Expect(browser.Page.Locator("[id=\"pause-bars\"]")).ToBeVisibleAsync();
        await PostAsync(demo, "/api/scrapes", new { name = "gone", url = vendor.Url.TrimEnd('/') + "/nothing/{id}", first_id = 1, last_id = 3 });
        await browser.Page.Locator("[id=\"retry-gone\"]").WaitForAsync();
        await browser.Page.Locator("[id=\"failures-gone\"] summary").ClickAsync();
        await browser.UntilSaysAsync("404");
        await browser.PressAsync("retry-gone");
        await PostAsync(demo, "/api/scrapes", new { name = "never", url, first_id = 1, last_id = 100_000 });
        await browser.OpenAsync(demo.Url + "/scrapes");
        await browser.PressAsync("cancel-never");
        await browser.UntilSaysAsync("cancelled");
    }

    private static async Task RecordOrdersAsync(Chromium browser, EodProcess demo)
    {
        foreach (var key in new[] { "fill-1", "fill-2" })
        {
            await PostAsync(demo, "/api/orders", new { source = "desk-7", client_key = key, payload = new { ticker = "ABCD", note = $"<b>{key}</b>" } });
        }

        await browser.OpenAsync(demo.Url + "/orders");
        Assert.Contains("<b>fill-2</b>", await browser.TextAsync(), StringComparison.Ordinal);
        await browser.Page.FillAsync("#text", "FILL-1");
        await browser.Page.PressAsync("#text", "Enter");
        await browser.UntilSaysAsync("looked through");
        Assert.DoesNotContain("fill-2", await browser.Page.Locator("#recorded ~ table").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    // Today goes on by itself, says why, filters, and looks as the README has it.
    private static async Task WatchTodayAsync(Chromium browser, EodProcess demo)
    {
        await browser.OpenAsync(demo.Url + "/");
        await browser.Page.EvaluateAsync("window.isSamePage = true");
        var before = await browser.Page.Locator(".clock time").GetAttributeAsync("datetime");
        await Assertions.Expect(browser.Page.Locator(".clock time")).Not.ToHaveAttributeAsync("datetime", before!);
        await TestTime.UntilAsync("some are found while others are waited for", async () =>
            await FactAsync(browser, "open") >= 3 && await FactAsync(browser, "found") >= 4);
        Assert.True(await browser.Page.EvaluateAsync<bool>("window.isSamePage"), "the page was loaded anew");
        Assert.Matches("likely by .*a GET costs as much as|certain by", await browser.TextAsync());
        await ReadmePicture.KeepAsync(browser);

        var ticker = await browser.Page.Locator(".today tbody th a").First.InnerTextAsync();
        await browser.Page.FillAsync("#filter", ticker);
        await browser.Page.PressAsync("#filter", "Enter");
        await browser.Page.WaitForURLAsync("**/?q=*");
        Assert.Contains(ticker, await browser.TextAsync(), StringComparison.Ordinal);
    }

    // Why: the law part by part, what it costs, what was asked; and a check by hand.
    private async Task ExplainAsync(Chromium browser, EodProcess demo)
    {
        await browser.OpenAsync(demo.Url + "/?show=open");
        await browser.Page.Locator(".today tbody th a").First.ClickAsync();
        foreach (var part in new[]
        {
            "When it is expected", "What the next GET would cost", "How it came before", "What it was decided by", "experts alone",
            "with the trees", "with what others told", "price of a GET", "more for the day's short budget", "What others told",
        })
        {
            await browser.UntilSaysAsync(part);
        }

        await browser.PressAsync("check-now");
        await browser.UntilSaysAsync("The law before and after each check");
        Assert.Contains("before", await browser.TextAsync(), StringComparison.Ordinal);
        await Pictures.KeepAsync(browser, "/why", "1280-open");
        await browser.LookAsync(390);
        await Pictures.KeepAsync(browser, "/why", "390-open");
        Assert.True(await browser.FitsAsync(), "Why is wider than a phone");
        Assert.Empty(await browser.FindBarriersAsync());
        await browser.LookAsync(1280);

        await using var database = NpgsqlDataSource.Create($"Host={Path.Combine(_folder.Data, "demo")};Username=eod;Database=eod");
        await using var late = database.CreateCommand("""
            select ticker, session_date::text from eod.session where state = 'found' and gets > 1 order by session_id desc limit 1
            """);
        await TestTime.UntilAsync("a session took two GETs", async () => await late.ExecuteScalarAsync() is not null);
        await using var reader = await late.ExecuteReaderAsync();
        await reader.ReadAsync();
        await browser.OpenAsync($"{demo.Url}/why?dataset=recorded&ticker={Uri.EscapeDataString(reader.GetString(0))}&date={reader.GetString(1)}");
        await browser.UntilSaysAsync("Found at");
        Assert.Matches("before\\s+half by .*\\s+.*after\\s+half by", await browser.TextAsync());
        await Pictures.KeepAsync(browser, "/why", "1280-found");
    }

    // A ticker is paused with a reason and resumed, and what ran is found by ticker.
    private static async Task PauseAsync(Chromium browser, EodProcess demo)
    {
        await browser.OpenAsync(demo.Url + "/jobs");
        var ran = browser.Page.Locator("#ran ~ table td a");
        var ticker = Regex.Match(await ran.First.InnerTextAsync(), "^Check (.+) [0-9-]{10}$").Groups[1].Value;
        Assert.NotEmpty(ticker);
        await browser.Page.FillAsync("#pause-ticker", ticker);
        await browser.Page.FillAsync("#pause-reason", "moving");
        await browser.PressAsync("pause-watch");
        await browser.UntilSaysAsync("moving");
        await browser.PressAsync($"resume-watch-recorded-{ticker}");
        await Assertions.Expect(browser.Page.Locator("main")).Not.ToContainTextAsync("moving");
        await browser.Page.FillAsync("#runs", ticker);
        await browser.Page.PressAsync("#runs", "Enter");
        await browser.Page.WaitForURLAsync("**/jobs?q=*");
        Assert.All(await ran.AllInnerTextsAsync(), text => Assert.Contains(ticker, text, StringComparison.Ordinal));
        await ran.First.ClickAsync();
        await browser.UntilSaysAsync("What was asked");
    }

    // Models: calibration, importance, why it was decided; promoted and rolled back.
    private static async Task ChooseModelsAsync(Chromium browser, EodProcess demo)
    {
        await TestTime.UntilAsync("a model was fitted", async () =>
        {
            await browser.OpenAsync(demo.Url + "/models");
            return (await browser.TextAsync()).Contains("What was decided", StringComparison.Ordinal);
        });
        foreach (var part in new[] { "Is it calibrated?", "What the trees look at", "inside 80%", "promoted|refused" })
        {
            Assert.Matches(part, await browser.TextAsync());
        }

        if (await browser.Page.Locator("#rollback").CountAsync() > 0)
        {
            await browser.PressAsync("rollback");
            await browser.UntilSaysAsync("rolled back");
        }

        var promote = browser.Page.Locator("button[id^=promote-]").First;
        await browser.Page.Locator("input[name=reason]").First.FillAsync("it looks right");
        await promote.ClickAsync();
        await browser.UntilSaysAsync("it looks right");
        await browser.PressAsync("rollback");
        await browser.UntilSaysAsync("No model serves recorded");
    }

    private static async Task ReadEveryPageAsync(Chromium browser, EodProcess demo)
    {
        (string Path, string[] Parts)[] contents =
        [
            ("/scrapes", ["bars", "gone", "never", "limit learned"]),
            ("/throttle", ["What it seems to enforce", "Rate", "Shape", "Window", "Burst", "In flight", "Ban", "How sure", "What it bore"]),
            ("/orders", ["orders recorded", "desk-7"]),
            ("/jobs", ["What repeats", "What runs next", "What ran", "Scrape gone"]),
        ];
        await TestTime.UntilAsync("the scrape is done", async () =>
            (await demo.ReadAsync("/api/scrapes/bars")).Contains("\"done\"", StringComparison.Ordinal));
        await TestTime.UntilAsync("two session dates have passed", async () =>
            (await demo.ReadAsync("/availability")).Contains("What it cost", StringComparison.Ordinal));
        foreach (var (path, parts) in contents.Prepend(("/availability", ["GETs a session found", "Time from the close to the arrival"])))
        {
            await browser.OpenAsync(demo.Url + path);
            foreach (var part in parts)
            {
                await browser.UntilSaysAsync(part);
            }
        }

        using var http = new HttpClient();
        foreach (var path in Paths)
        {
            foreach (var (width, dark) in new[] { (1280, false), (1280, true), (390, false) })
            {
                await browser.LookAsync(width, dark);
                await browser.OpenAsync(demo.Url + path);
                await Pictures.KeepAsync(browser, path, $"{width}-{(dark ? "dark" : "light")}");
                Assert.True(await browser.FitsAsync(), $"{path} is wider than {width} pixels");
                Assert.Equal("", await browser.FindUnnamedAsync());
                Assert.True(await browser.FindBarriersAsync() is { Count: 0 }, $"{path}: {string.Join('\n', await browser.FindBarriersAsync())}");
            }

            var tables = await browser.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href*=\"csv=\"]')].map(link => link.href)");
            foreach (var table in tables)
            {
                using var reply = await http.GetAsync(new Uri(table));
                Assert.Equal("text/csv", reply.Content.Headers.ContentType?.MediaType);
            }
        }

        await browser.LookAsync(1280);
    }

    // Hangfire's own dashboard: names that people understand, our figures, and links both ways.
    private static async Task ReadEngineAsync(Chromium browser, EodProcess demo)
    {
        if (Engines.JobEngine != "Hangfire")
        {
            return;
        }

        await browser.OpenAsync(demo.Url + "/jobs");
        await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Job engine" }).ClickAsync();
        var body = browser.Page.Locator("body");
        await Assertions.Expect(body).ToContainTextAsync("Open sessions");
        await Assertions.Expect(body).ToContainTextAsync("GETs in 24 hours");
        await Pictures.KeepAsync(browser, "/hangfire", "1280");
        await browser.OpenAsync(demo.Url + "/hangfire/jobs/scheduled");
        var check = browser.Page.Locator("a.job-method", new() { HasTextRegex = CheckName() }).First;
        var name = (await check.InnerTextAsync()).Trim();
        await Pictures.KeepAsync(browser, "/hangfire/jobs/scheduled", "1280");
        await check.ClickAsync();
        await browser.Page.GetByRole(AriaRole.Link, new() { Name = $"{name}: why then, and what came of it" }).ClickAsync();
        await browser.UntilSaysAsync("What was asked");
        await browser.OpenAsync(demo.Url + "/hangfire");
        await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Today", Exact = true }).ClickAsync();
        await Assertions.Expect(browser.Page).ToHaveURLAsync(demo.Url + "/", new() { Timeout = 60_000 });
    }

    // Once there are keys, a reader sees the same without buttons.
    private async Task ReadAsReaderAsync(EodProcess demo)
    {
        await using var create = await EodProcess.RunAsync(
            _folder, ["keys", "create", "--name", "looker", "--role", "reader"], ("Eod:DataFolder", Path.Combine(_folder.Data, "demo")));
        Assert.True(await create.ExitCodeAsync() == 0, create.Error);
        await TestTime.UntilAsync("keys are demanded", async () =>
            await demo.StatusOfAsync("/jobs") == System.Net.HttpStatusCode.Unauthorized);
        await using var browser = await Chromium.StartAsync();
        await browser.OpenAsync(demo.Url + "/jobs");
        await browser.Page.FillAsync("#key", create.Output);
        await browser.PressAsync("sign-in");
        await browser.UntilSaysAsync("What ran");
        foreach (var path in Paths)
        {
            await browser.OpenAsync(demo.Url + path);
            Assert.Equal("sign-out", await browser.Page.EvaluateAsync<string>(
                "[...document.querySelectorAll('form[method=post] button')].map(button => button.id).join()"));
        }

        Assert.Equal([new Uri(demo.Url).Authority], browser.Hosts);
    }

    private static async Task<int> FactAsync(Chromium browser, string name) => await browser.Page.EvaluateAsync<int>(
        "name => Number([...document.querySelectorAll('.facts li')].find(fact => fact.innerText.endsWith(name))?.querySelector('b').innerText ?? 0)",
        name);

    private static async Task PostAsync(EodProcess demo, string path, object body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var reply = await http.PostAsync(new Uri(demo.Url + path), content);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("^\\s*(Check|Read again) .+ [0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$")]
    private static partial Regex CheckName();
}
