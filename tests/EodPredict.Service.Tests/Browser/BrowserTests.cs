namespace EodPredict.Service.Tests.Browser;

/// <summary>The pages as somebody sees them.</summary>
public sealed class BrowserTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const string Folder = "EOD_PICTURES";

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
                await KeepPictureAsync(browser, path, width);
                Assert.True(
                    (bool)(await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!,
                        $"{path} is wider than {width} pixels");
                Assert.Equal("", (string?)await browser.EvaluateAsync(Unnamed));
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
        await browser.UntilAsync("document.querySelector('main').innerText.includes('BEFORE')");
        await browser.EvaluateAsync("document.querySelector('#filter').value = 'AFT'");
        await OpenAsync("live", "AFTER");
        await browser.UntilAsync("document.querySelector('main').innerText.includes('AFTER')");
        Assert.Equal("AFT", (string?)await browser.EvaluateAsync("document.querySelector('#filter').value"));
        await browser.EvaluateAsync("document.querySelector('#filter').form.requestSubmit()");
        await browser.UntilAsync("location.search === '?q=AFT' && document.querySelector('main')?.innerText.includes('AFTER')");
        Assert.False((bool)(await browser.EvaluateAsync("document.querySelector('main').innerText.includes('BEFORE')"))!);
    }

    // What a screen reader would pass over or could not name; empty where there is nothing.
    private const string Unnamed = """
        [
            ...[...document.querySelectorAll('input:not([type=hidden]), select')].filter(field => !field.labels.length && !field.ariaLabel),
            ...[...document.querySelectorAll('button, a')].filter(one => !one.textContent.trim() && !one.ariaLabel),
            ...[...document.querySelectorAll('svg')].filter(svg => !svg.closest('[aria-hidden]') && !svg.getAttribute('aria-label')),
            ...[...document.querySelectorAll('table')].filter(table => !table.caption || !table.querySelector('th[scope]')),
            ...[...document.querySelectorAll('[id]')].filter((one, i, all) => all.findIndex(other => other.id === one.id) !== i),
            ...(document.querySelectorAll('h1').length === 1 && document.documentElement.lang ? [] : [document.documentElement]),
        ].map(one => one.outerHTML.slice(0, 200)).join('\n')
        """;

    private Task OpenAsync(string dataset, string ticker) => PageContents.OpenAsync(served.Database, dataset, ticker);

    // For looking at by eye, where somebody says where to.
    private static async Task KeepPictureAsync(Chromium browser, string path, int width)
    {
        if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
        {
            var name = path.Split('?')[0].Trim('/');
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{(name.Length > 0 ? name : "today")}-{width}.png"),
                await browser.PictureAsync());
        }
    }
}
