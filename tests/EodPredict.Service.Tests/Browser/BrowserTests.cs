using Microsoft.Playwright;

namespace EodPredict.Service.Tests.Browser;

/// <summary>The pages as somebody sees them, with what is rare on them.</summary>
public sealed class BrowserTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private static readonly string[] Paths =
        ["/", PageContents.Why, "/availability", "/models", "/scrapes", "/throttle", "/orders", "/jobs"];

    [BrowserFact]
    public async Task Every_page_fits_a_phone_names_its_parts_and_asks_no_other_host()
    {
        await PageContents.FillAsync(served.Database);
        await using var browser = await Chromium.StartAsync();
        foreach (var path in Paths)
        {
            foreach (var (width, dark) in new[] { (390, false), (1280, true) })
            {
                await browser.LookAsync(width, dark);
                await browser.OpenAsync(served.Eod.Url + path);
                await Pictures.KeepAsync(browser, path, $"{width}-rare");
                Assert.True(await browser.FitsAsync(), $"{path} is wider than {width} pixels");
                Assert.Equal("", await browser.FindUnnamedAsync());
            }
        }

        Assert.Equal([new Uri(served.Eod.Url).Authority], browser.Hosts);
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task Today_shows_what_changes_while_it_is_looked_at_and_keeps_what_is_typed()
    {
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(1280);
        await browser.OpenAsync(served.Eod.Url + "/");
        await OpenAsync("live", "BEFORE");
        await browser.UntilSaysAsync("BEFORE");
        await browser.Page.EvaluateAsync("document.querySelector('#filter').value = 'AFT'");
        await OpenAsync("live", "AFTER");
        await browser.UntilSaysAsync("AFTER");
        Assert.Equal("AFT", await browser.Page.InputValueAsync("#filter"));
        await browser.Page.PressAsync("#filter", "Enter");
        await browser.Page.WaitForURLAsync("**/?q=AFT");
        await browser.UntilSaysAsync("AFTER");
        Assert.DoesNotContain("BEFORE", await browser.TextAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_cell_of_the_heat_map_leads_to_its_session()
    {
        using var folder = new TestFolder();
        await using var eod = await EodProcess.ServeAsync(
            folder, ("Eod:Providers:p:BaseAddress", "http://127.0.0.1:1"), ("Eod:Providers:p:Datasets:seen:Calendar", "24/7"),
            ("Eod:Providers:p:Datasets:seen:Tickers:0", "SEEN1"), ("Eod:Providers:p:Datasets:seen:Url", "/{ticker}"));
        await using var database = Npgsql.NpgsqlDataSource.Create($"Host={folder.Data};Username=eod;Database=eod");
        await PageContents.FillAsync(database);
        await using var browser = await Chromium.StartAsync();
        await browser.OpenAsync(eod.Url + "/availability");
        await browser.Page.GetByLabel("SEEN1, 20 Nov", new() { Exact = true }).ClickAsync();
        await browser.UntilSaysAsync("session of 2026-11-20");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SEEN1");
    }

    private Task OpenAsync(string dataset, string ticker) => PageContents.OpenAsync(served.Database, dataset, ticker);
}
