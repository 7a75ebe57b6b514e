using Npgsql;

namespace EodPredict.Service.Tests.Browser;

/// <summary>Every page under axe-core, with and without something on it, light and dark, wide and on a phone.</summary>
public sealed class AccessibilityTests : IDisposable
{
    private const string Configuration = """
        { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
          "eod": { "Calendar": "24/7", "Tickers": ["A", "B", "C"], "Url": "/eod/{ticker}" } } } } } }
        """;

    private static readonly string[] Paths =
        ["/", "/availability", "/models", "/scrapes", "/throttle", "/throttle?endpoint=https%3A%2F%2Fhost%2F", "/orders", "/jobs"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task No_page_has_a_serious_or_critical_finding()
    {
        await using var browser = await Chromium.StartAsync();
        await using (var empty = await EodProcess.ServeAsync(_folder))
        {
            await AssertNoneAsync(browser, empty, [.. Paths, "/why?session=1"]);
        }

        _folder.Write("eod.json", Configuration);
        foreach (var command in new string[][] { ["import", "availability", _folder.Write("history.csv", ModelHistory.Csv())], ["train"] })
        {
            await using var done = await EodProcess.RunAsync(_folder, command);
            Assert.True(await done.ExitCodeAsync() == 0, done.Error);
        }

        await using var eod = await EodProcess.ServeAsync(_folder);
        await using var database = NpgsqlDataSource.Create($"Host={_folder.Data};Username=eod;Database=eod");
        await PageContents.FillAsync(database);
        await AssertNoneAsync(browser, eod, [.. Paths, PageContents.Why]);

        await using var key = await EodProcess.RunAsync(_folder, ["keys", "create", "--name", "me", "--role", "reader"]);
        await TestTime.UntilAsync("keys are demanded", async () => await eod.StatusOfAsync("/jobs") == System.Net.HttpStatusCode.Unauthorized);
        await AssertNoneAsync(browser, eod, ["/sign-in"]);
        await browser.Page.FillAsync("#key", key.Output);
        await browser.PressAsync("sign-in");
        await browser.Page.WaitForURLAsync(eod.Url + "/");
        await AssertNoneAsync(browser, eod, ["/", "/scrapes"]);

        // It does find what is there.
        await browser.Page.EvaluateAsync("document.querySelector('main').append(new Image())");
        Assert.Contains(await browser.FindBarriersAsync(), found => found.Contains("image-alt", StringComparison.Ordinal));
    }

    private static async Task AssertNoneAsync(Chromium browser, EodProcess eod, IEnumerable<string> paths)
    {
        var findings = new List<string>();
        foreach (var path in paths)
        {
            foreach (var (width, dark) in new[] { (1280, false), (1280, true), (390, true) })
            {
                await browser.LookAsync(width, dark);
                await browser.OpenAsync(eod.Url + path);
                findings.AddRange((await browser.FindBarriersAsync()).Select(found => $"{path} {width} {(dark ? "dark" : "light")}: {found}"));
            }
        }

        Assert.True(findings.Count == 0, string.Join("\n\n", findings));
    }
}
