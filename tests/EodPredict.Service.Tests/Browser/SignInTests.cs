namespace EodPredict.Service.Tests.Browser;

/// <summary>Signing in as somebody does it, and what each role sees.</summary>
public sealed class SignInTests(KeyedFolder keyed) : IClassFixture<KeyedFolder>
{
    private static readonly string[] Paths = ["/", "/availability", "/models", "/scrapes", "/throttle", "/orders", "/jobs"];

    [BrowserFact]
    public async Task A_reader_signs_in_sees_every_page_without_its_buttons_and_signs_out()
    {
        await keyed.FillAsync();
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(1280);
        await SignInAsync(browser, "eod_wrong", "/scrapes", "document.querySelector('[role=alert]')?.innerText.includes('no key')");
        await SignInAsync(browser, keyed.Reader, "/scrapes", "location.pathname === '/scrapes' && document.body.innerText.includes('a job')");
        foreach (var path in Paths)
        {
            await browser.OpenAsync(keyed.Eod.Url + path);
            Assert.Equal("sign-out", (string?)await browser.EvaluateAsync(
                "[...document.querySelectorAll('form[method=post] button')].map(button => button.id).join()"));
        }

        Assert.Equal("", (string?)await browser.EvaluateAsync("document.cookie"));
        await browser.EvaluateAsync("document.querySelector('#sign-out').click()");
        await browser.UntilAsync("location.pathname === '/sign-in' && !!document.querySelector('#key')");
        Assert.False((bool)(await browser.EvaluateAsync("!!document.querySelector('nav')"))!);
    }

    [BrowserFact]
    public async Task An_operator_signs_in_and_presses_a_button()
    {
        await keyed.FillAsync();
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(1280);
        await SignInAsync(browser, keyed.Operator, "/scrapes", "location.pathname === '/scrapes'");
        await browser.UntilAsync("!!document.querySelector('[id=\"cancel-a job\"]')");
        await browser.EvaluateAsync("document.querySelector('[id=\"cancel-a job\"]').click()");
        await browser.UntilAsync("document.querySelector('.state')?.innerText === 'cancelled'");
    }

    // A browser that opens any page is led to the key's field, and back.
    private async Task SignInAsync(Chromium browser, string key, string page, string until)
    {
        await browser.GoAsync(keyed.Eod.Url + page);
        await browser.UntilAsync("location.pathname === '/sign-in' && document.activeElement?.id === 'key'");
        await browser.EvaluateAsync($"document.querySelector('#key').value = '{key}'; document.querySelector('#sign-in').click()");
        await browser.UntilAsync(until);
    }
}
