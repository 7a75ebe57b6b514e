using System.Net;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>Signing in over real https, by the service's own certificate and behind a proxy that has one.</summary>
public sealed partial class HttpsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task By_its_own_certificate_no_cookie_is_ever_sent_in_the_clear()
    {
        var key = await KeyAsync();
        await using var eod = EodProcess.Start(_folder, ["serve", "--urls", "https://127.0.0.1:0"], TestCertificate.Settings(_folder));
        await TestTime.UntilAsync("it listens", () => Task.FromResult(eod.Url.Length > 0));
        Assert.StartsWith("https://127.0.0.1:", eod.Url, StringComparison.Ordinal);
        Assert.Equal([("eod-session", true), ("token", true)], await SignInAsync(eod.Url, key));
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_named_cookies_are_for_https_alone()
    {
        var key = await KeyAsync();
        await using var eod = await EodProcess.ServeAsync(_folder, ("Eod:Access:Proxies:0", "127.0.0.1"));
        await using var proxy = await HttpsProxy.StartAsync(eod.Url);
        Assert.Equal([("eod-session", true), ("token", true)], await SignInAsync(proxy.Url, key));

        using var visitor = TestCertificate.Trusting(proxy.Url, new CookieContainer());
        visitor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Assert.Equal("/sign-in?to=%2Fjobs", (await visitor.GetAsync("/jobs")).Headers.Location?.OriginalString);

        // Directly and by http the same service gives cookies that http may carry: otherwise nobody could sign in there.
        Assert.Equal([("eod-session", false), ("token", false)], await SignInAsync(eod.Url, key));
    }

    [Fact]
    public async Task A_proxy_that_is_not_named_is_not_believed()
    {
        var key = await KeyAsync();
        await using var eod = await EodProcess.ServeAsync(_folder, ("Eod:Access:Proxies:0", "10.0.0.7"));
        await using var proxy = await HttpsProxy.StartAsync(eod.Url);
        Assert.Equal([("eod-session", false), ("token", false)], await SignInAsync(proxy.Url, key));
    }

    // Signs in, looks at a page, and tells of each cookie whether it is for https alone.
    private static async Task<(string Name, bool IsSecure)[]> SignInAsync(string address, string key)
    {
        var cookies = new CookieContainer();
        using var http = TestCertificate.Trusting(address, cookies);
        var page = await http.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("__RequestVerificationToken", Token().Match(page).Groups[1].Value), KeyValuePair.Create("key", key),
            KeyValuePair.Create("to", "/jobs"),
        ]);
        using var reply = await http.PostAsync("/sign-in", form);
        Assert.Equal("/jobs", reply.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/jobs")).StatusCode);
        return [.. cookies.GetAllCookies().Select(cookie => (cookie.Name.StartsWith("eod", StringComparison.Ordinal) ? cookie.Name : "token",
            cookie.Secure)).Order()];
    }

    private async Task<string> KeyAsync()
    {
        await using var create = await EodProcess.RunAsync(_folder, ["keys", "create", "--name", "me", "--role", "operator"]);
        Assert.Equal(0, await create.ExitCodeAsync());
        return create.Output;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
