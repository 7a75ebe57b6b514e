using Microsoft.Playwright;

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
        await SignInAsync(browser, "eod_wrong", "/scrapes");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no key");
        await SignInAsync(browser, keyed.Reader, "/scrapes");
        await browser.UntilSaysAsync("a job");
        foreach (var path in Paths)
        {
            await browser.OpenAsync(keyed.Eod.Url + path);
            Assert.Equal("sign-out", await browser.Page.EvaluateAsync<string>(
                "[...document.querySelectorAll('form[method=post] button')].map(button => button.id).join()"));
        }

        Assert.Equal("", await browser.Page.EvaluateAsync<string>("document.cookie"));
        await browser.PressAsync("sign-out");
        await browser.Page.WaitForURLAsync("**/sign-in");
        Assert.Equal(0, await browser.Page.Locator("nav").CountAsync());
    }

    [BrowserFact]
    public async Task An_operator_signs_in_and_presses_a_button()
    {
        await keyed.FillAsync();
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(1280);
        await SignInAsync(browser, keyed.Operator, "/scrapes");
        await browser.PressAsync("cancel-a job");
        await Assertions.Expect(browser.Page.Locator(".state").First).ToHaveTextAsync("cancelled");
    }

    // A browser that opens any page is led to the key's field, and back.
    private async Task SignInAsync(Chromium browser, string key, string page)
    {
        await browser.OpenAsync(keyed.Eod.Url + page);
        await Assertions.Expect(browser.Page.Locator("#key")).ToBeFocusedAsync();
        await browser.Page.FillAsync("#key", key);
        await browser.PressAsync("sign-in");
    }
}
