using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>A service that knows nothing yet.</summary>
public sealed class EmptyPageTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    [Theory]
    [InlineData("/", "eod doctor")]
    [InlineData("/availability", "eod.json")]
    [InlineData("/models", "eod.json")]
    [InlineData("/scrapes", "eod scrape --job")]
    [InlineData("/throttle", "/scrapes")]
    [InlineData("/orders", "eod.record_order")]
    [InlineData("/jobs", "A check is planned")]
    public async Task A_page_without_data_says_what_to_do_next(string path, string hint)
    {
        var page = await served.Eod.ReadAsync(path);
        var said = Regex.Match(page, "<p class=\"empty\">(.*?)</p>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains(hint, said, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "aria-current=\"page\""));
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_a_page()
    {
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await served.Eod.StatusOfAsync("/why?dataset=none&ticker=none&date=2026-01-01"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await served.Eod.StatusOfAsync("/models?dataset=none"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await served.Eod.StatusOfAsync("/jobs?csv=none"));
    }

    [Theory]
    [InlineData("/nowhere", "Not found")]
    [InlineData("/jobs/pause", "Not here")]
    public async Task A_browser_at_an_address_with_nothing_is_led_home_and_a_script_is_told_by_a_problem(string path, string title)
    {
        var (shown, told) = (await AskAsync(path, "text/html,application/xhtml+xml"), await AskAsync(path, "*/*"));
        Assert.Equal(told.Status, shown.Status);
        Assert.Contains($"<h1>{title}</h1>", shown.Body, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/\">Back to Today</a>", shown.Body, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", shown.Policy, StringComparison.Ordinal);
        Assert.Equal(("application/problem+json", true), (told.Type, told.Body.Contains("\"code\":", StringComparison.Ordinal)));
    }

    private async Task<(System.Net.HttpStatusCode Status, string? Type, string Policy, string Body)> AskAsync(string path, string accept)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using var reply = await http.GetAsync(served.Eod.Url + path);
        return (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType,
            reply.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : "", await reply.Content.ReadAsStringAsync());
    }
}
