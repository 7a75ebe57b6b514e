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
}
