using System.Net;

namespace EodPredict.Service.Tests;

/// <summary>How far the service can be reached, and what that takes.</summary>
public sealed class AccessStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Eod:Urls", "http://0.0.0.0:0")]
    [InlineData("Eod:Access:Hosts:0", "eod.example.com")]
    [InlineData("Eod:Access:Proxies:0", "10.0.0.0/8")]
    public async Task Nobody_else_reaches_it_without_keys(string key, string value)
    {
        await using var eod = await EodProcess.RunAsync(_folder, ["serve", .. key == "Eod:Urls" ? Array.Empty<string>() : ["--port", "0"]], (key, value));
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("eod keys create --name NAME --role operator", eod.Error, StringComparison.Ordinal);
        Assert.StartsWith($"eod: {(key == "Eod:Urls" ? key : key[..^2])} has {value}", eod.Error, StringComparison.Ordinal);
        Assert.Null(_folder.PostgreSqlProcess);

        await using var doctor = await EodProcess.RunAsync(_folder, ["doctor"], (key, value));
        Assert.Equal(1, await doctor.ExitCodeAsync());
        Assert.Contains($"eod: access: {(key == "Eod:Urls" ? key : key[..^2])} has {value}", doctor.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Eod:Access:Hosts:0", "http://eod.example.com")]
    [InlineData("Eod:Access:Proxies:0", "proxy")]
    [InlineData("Eod:Access:Host", "x")]
    [InlineData("Kestrel:Endpoints:All:Url", "http://0.0.0.0:1")]
    public async Task What_cannot_be_meant_is_told(string key, string value)
    {
        await using var eod = await EodProcess.RunAsync(_folder, ["serve", "--port", "0"], (key, value));
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.StartsWith("eod: " + string.Join(':', key.Split(':').Take(key.StartsWith("Eod", StringComparison.Ordinal) ? 3 : 2)), eod.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("X-Forwarded-For", "10.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("Forwarded", "for=10.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("X-Nothing", "said", HttpStatusCode.OK)]
    public async Task Alone_on_a_machine_nobody_needs_a_key_and_no_proxy_lends_that_to_others(string header, string value, HttpStatusCode status)
    {
        await using var eod = await EodProcess.ServeAsync(_folder);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, eod.Url + "/jobs");
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(status, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task With_a_key_it_listens_everywhere_by_https_and_wrong_keys_are_bounded()
    {
        await using var create = await EodProcess.RunAsync(_folder, ["keys", "create", "--name", "me", "--role", "operator"]);
        await using var eod = EodProcess.Start(_folder, ["serve", "--urls", "https://0.0.0.0:0"], TestCertificate.Settings(_folder));
        await TestTime.UntilAsync("it listens", () => Task.FromResult(eod.Output.Contains("Listening on https://", StringComparison.Ordinal)));
        var port = eod.Output[(eod.Output.LastIndexOf(':') + 1)..].Trim();
        using var http = TestCertificate.Trusting($"https://127.0.0.1:{port}", new CookieContainer());
        async Task<HttpResponseMessage> AskAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs");
            request.Headers.Authorization = new("Bearer", key);
            return await http.SendAsync(request);
        }

        var wrong = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => AskAsync($"eod_{i}")));
        Assert.Equal(
            (20, 10), (wrong.Count(one => one.StatusCode == HttpStatusCode.Unauthorized), wrong.Count(one =>
                one.StatusCode == HttpStatusCode.TooManyRequests)));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(create.Output)).StatusCode);
        eod.Signal("TERM");
        Assert.Equal(0, await eod.ExitCodeAsync());
    }
}
