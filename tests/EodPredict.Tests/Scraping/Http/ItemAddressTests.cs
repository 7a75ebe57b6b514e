using EodPredict.Scraping;
using EodPredict.Scraping.Http;

namespace EodPredict.Tests.Scraping.Http;

public sealed class ItemAddressTests
{
    [Theory]
    [InlineData("http://host/items/{id}", null)]
    [InlineData("https://host:8443/{id}?token={env:TOKEN}&format=json", null)]
    [InlineData("http://host/items", "{id}")]
    [InlineData("http://host/{id}/{name}", "places")]
    [InlineData("ftp://host/{id}", "http")]
    [InlineData("http://user:secret@host/{id}", "without user name")]
    [InlineData("http://{id}/items", "after the host")]
    [InlineData("http://host/{id}?api_key=s3cret", "{env:VARIABLE}")]
    public void What_cannot_be_an_address_is_said(string text, string? fault)
    {
        var found = ItemAddress.Fault(text);
        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", found ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_is_escaped_and_a_variable_is_filled_in()
    {
        Environment.SetEnvironmentVariable("EOD_TEST_TOKEN", "a&b");
        var address = ItemAddress.Resolve("http://host/items/{id}?token={env:EOD_TEST_TOKEN}");
        Assert.Equal("http://host/items/a%2Fb%3F?token=a%26b", address.Build("a/b?").AbsoluteUri);
        Assert.Equal("http://host/items/{id}", ItemAddress.Endpoint("http://host/items/{id}?token={env:EOD_TEST_TOKEN}"));
        Assert.Throws<ScrapeRefusedException>(() => ItemAddress.Resolve("http://host/{id}?token={env:EOD_TEST_NONE}"));
    }

    [Theory]
    [InlineData("Accept: text/csv", "Accept: text/csv", "text/csv")]
    [InlineData("X-Api-Key: s3cret", "X-Api-Key:", "s3cret")]
    [InlineData("Authorization: Bearer s3cret", "Authorization:", "Bearer s3cret")]
    [InlineData("X-Api-Key: env:EOD_TEST_KEY", "X-Api-Key: env:EOD_TEST_KEY", "from the environment")]
    public void A_secret_in_a_header_is_sent_and_not_stored(string text, string stored, string sent)
    {
        Environment.SetEnvironmentVariable("EOD_TEST_KEY", "from the environment");
        var header = RequestHeader.Parse(text)!;
        Assert.Equal((stored, sent), (header.Stored, header.Resolve()));
    }

    [Theory]
    [InlineData("no header")]
    [InlineData(": value")]
    [InlineData("Two words: value")]
    [InlineData("Name: a\r\nOther: b")]
    public void What_is_no_header_is_refused(string text) => Assert.Null(RequestHeader.Parse(text));

    [Fact]
    public void A_secret_that_was_not_stored_has_to_be_given_again() =>
        Assert.Throws<ScrapeRefusedException>(() => RequestHeader.Parse("X-Api-Key:")!.Resolve());
}
