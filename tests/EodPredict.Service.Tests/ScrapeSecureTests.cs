using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EodPredict.Service.Tests;

/// <summary>Scraping over https, from servers that speak HTTP/2 and from those that do not.</summary>
public sealed class ScrapeSecureTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const int Items = 400;

    [Theory]
    [InlineData("both", HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData("old", HttpProtocols.Http1, "HTTP/1.1")]
    public async Task What_is_compressed_comes_whole_over_the_newest_protocol_there_is(string job, HttpProtocols offered, string spoken)
    {
        using var folder = new TestFolder();
        await using var origin = await SecureOrigin.StartAsync(offered);
        (string, string)[] settings =
        [
            ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod"),
            ("SSL_CERT_FILE", folder.Write("cert.pem", origin.CertificatePem)),
        ];
        await using var eod = await EodProcess.RunAsync(
            folder, ["scrape", "--job", job, "--url", origin.Url, "--ids", $"1..{Items}", "--max-in-flight", "20"], settings);

        Assert.Equal(0, await eod.ExitCodeAsync());
        Assert.DoesNotContain("eod: ", eod.Error, StringComparison.Ordinal);
        Assert.Equal([KeyValuePair.Create(spoken, Items)], origin.Spoken);
        Assert.InRange(origin.Connections.Count, 1, spoken == "HTTP/2" ? 2 : 20);
        var file = folder.PathOf("items.jsonl");
        await using var export = await EodProcess.RunAsync(folder, ["scrape", "export", "--job", job, "--out", file], settings);
        Assert.Equal(
            Enumerable.Range(1, Items).Select(SecureOrigin.TextOf),
            File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("json").GetRawText()));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_certificate_that_nobody_vouches_for_ends_the_run_with_its_reason()
    {
        using var folder = new TestFolder();
        await using var origin = await SecureOrigin.StartAsync(HttpProtocols.Http1AndHttp2);
        await using var eod = await EodProcess.RunAsync(
            folder, ["scrape", "--job", "unknown", "--url", origin.Url, "--ids", "1..10"],
            ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod"));

        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("certificate", eod.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(origin.Spoken);
    }
}
