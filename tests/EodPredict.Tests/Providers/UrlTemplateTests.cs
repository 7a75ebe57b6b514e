using EodPredict.Providers;

namespace EodPredict.Tests.Providers;

public sealed class UrlTemplateTests
{
    private static readonly DateOnly Date = new(2026, 1, 30);

    [Theory]
    [InlineData(null, "https://h/{ticker}", "https://h/A%2FB%3F%26c")]
    [InlineData(null, "https://h/{ticker:path}", "https://h/A/B%3F%26c")]
    [InlineData("https://h/api/", "/x?d={date}&e={date:yyyyMMdd}&k={key}", "https://h/api/x?d=2026-01-30&e=20260130&k=a%26b%3D")]
    public void Places_are_filled_and_escaped(string? baseAddress, string text, string address)
    {
        var template = UrlTemplate.Parse(baseAddress, text, out var fault);
        Assert.Null(fault);
        Assert.Equal(address, template!.Build("A/B?&c", Date, new ProviderKey("a&b=")).AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/path/{ticker}")]
    [InlineData("ftp://h/")]
    [InlineData("https://{ticker}.h/x")]
    [InlineData("https://h?x={key}")]
    [InlineData("https://user:word@h/")]
    [InlineData("https://h/{Ticker}")]
    [InlineData("https://h/{ticker")]
    [InlineData("https://h/{date:d}")]
    [InlineData("https://h/#x")]
    public void What_cannot_be_an_address_is_refused_with_words(string text)
    {
        Assert.Null(UrlTemplate.Parse(null, text, out var fault));
        Assert.NotNull(fault);
    }
}
