using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EodPredict.Service.Tests.Browser;

/// <summary>A headless Chromium, the machine's own, with one page. What the page asks for and complains of is kept.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const float PatienceMilliseconds = 90_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Grave = ["serious", "critical"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.SetDefaultTimeout(PatienceMilliseconds);
        page.Request += (_, request) => Hosts.Add(new Uri(request.Url).Authority);
        page.Console += (_, line) => Note(line.Type is "error" or "warning", $"{line.Text} {line.Location}");
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"{request.Url}: {request.Failure}");
    }

    /// <summary>Where it is; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public IPage Page { get; }

    /// <summary>The hosts that pages have asked, with their ports.</summary>
    public HashSet<string> Hosts { get; } = [];

    /// <summary>Errors and warnings of the console, and requests that failed.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"], Timeout = PatienceMilliseconds,
        });
        return new Chromium(playwright, browser, await browser.NewPageAsync());
    }

    /// <summary>Opens an address and waits until it is there, or where it leads.</summary>
    public async Task OpenAsync(string address) => await Page.GotoAsync(address);

    /// <summary>Looks through a window of this width in CSS pixels, light or dark.</summary>
    public async Task LookAsync(int width, bool dark = false)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    /// <summary>The text that somebody reads in the page's content.</summary>
    public Task<string> TextAsync() => Page.Locator("main").InnerTextAsync();

    /// <summary>Presses the button with this id, and waits for the page that follows.</summary>
    public async Task PressAsync(string id) => await Page.Locator($"[id=\"{id}\"]").ClickAsync();

    /// <summary>Waits until the content, which may renew itself, says this.</summary>
    public Task UntilSaysAsync(string text) =>
        Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text, new() { Timeout = PatienceMilliseconds });

    /// <summary>What is serious or critical to axe-core on the page, with all that folds opened; one line a finding.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        await Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        var found = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. found.Violations.SelectMany(violation => violation.Nodes, (violation, node) => (violation, node))
            .Where(one => Grave.Contains(one.node.Impact))
            .Select(one => $"{one.node.Impact} {one.violation.Id}: {one.node.Html}")];
    }

    /// <summary>What a screen reader would pass over or could not name; empty where there is nothing.</summary>
    public Task<string> FindUnnamedAsync() => Page.EvaluateAsync<string>(Unnamed);

    /// <summary>Whether all fits the window, without moving it sideways.</summary>
    public Task<bool> FitsAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");

    /// <summary>A picture of the whole page.</summary>
    public Task<byte[]> PictureAsync() => Page.ScreenshotAsync(new() { FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

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

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            Complaints.Add(text);
        }
    }
}
