using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EodPredict.Service.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace EodPredict.Service.Tests;

/// <summary>Who may do what, once there are keys.</summary>
public sealed partial class AccessTests(KeyedFolder keyed) : IClassFixture<KeyedFolder>
{
    // What strangers may ask. A new entry is a decision, and stands in docs/operations.md.
    private static readonly string[] Open =
        ["GET /health/live", "GET /health/ready", "GET /assets/{name}", "GET /sign-in", "POST /sign-in"];

    [Fact]
    public async Task Every_endpoint_demands_a_role_or_is_one_of_those_known_to_be_open()
    {
        var roles = (await EndpointsAsync()).ToDictionary(endpoint => endpoint.Name, endpoint => Role(endpoint.Endpoint));
        Assert.True(roles.Count > 35, $"only {roles.Count} endpoints are mapped");
        Assert.Equal(Open.Order(), roles.Where(one => one.Value == "open").Select(one => one.Key).Order());
        Assert.DoesNotContain("none", roles.Values);
        Assert.Empty(roles.Where(one => one.Key.StartsWith("GET ", StringComparison.Ordinal) && one.Value == "operator").Select(one => one.Key));
        Assert.Equal(["POST /sign-out"], roles.Where(one => one.Key.StartsWith("POST ", StringComparison.Ordinal) && one.Value == "reader")
            .Select(one => one.Key));
    }

    [Fact]
    public async Task Each_endpoint_turns_away_who_has_no_key_and_a_reader_who_would_change_something()
    {
        foreach (var (name, method, path, endpoint) in await EndpointsAsync())
        {
            var role = Role(endpoint);
            var stranger = await keyed.StatusAsync(method, path);
            var reader = await keyed.StatusAsync(method, path, keyed.Reader);
            var doer = await keyed.StatusAsync(method, path, keyed.Operator);
            Assert.True(role == "open" == stranger is not HttpStatusCode.Unauthorized, $"{name}: a stranger gets {stranger}");
            Assert.True(role == "operator" == reader is HttpStatusCode.Forbidden, $"{name}: a reader gets {reader}");
            Assert.True(
                doer is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) || (role, doer) == ("open", HttpStatusCode.Unauthorized),
                $"{name}: an operator gets {doer}");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await keyed.StatusAsync("GET", "/none"));
        Assert.Equal(HttpStatusCode.NotFound, await keyed.StatusAsync("GET", "/none", keyed.Reader));
    }

    [Fact]
    public async Task A_reader_cannot_press_the_buttons_of_the_job_engine_s_own_dashboard()
    {
        const string Button = "/hangfire/recurring/trigger";
        var (refused, taken) = Engines.JobEngine == "Hangfire"
            ? (HttpStatusCode.Unauthorized, HttpStatusCode.NoContent) : (HttpStatusCode.NotFound, HttpStatusCode.NotFound);
        async Task<HttpStatusCode> PressAsync(string key)
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            using var shown = await http.GetAsync(keyed.Eod.Url + "/hangfire");
            var token = Regex.Match(
                await shown.Content.ReadAsStringAsync(), "name=\"csrf-header\" content=\"([^\"]+)\".*?name=\"csrf-token\" content=\"([^\"]+)\"",
                RegexOptions.Singleline);
            if (token.Success)
            {
                http.DefaultRequestHeaders.Add(token.Groups[1].Value, token.Groups[2].Value);
            }

            using var none = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "none")]);
            return (await http.PostAsync(keyed.Eod.Url + Button, none)).StatusCode;
        }

        Assert.Equal((refused, taken), (await PressAsync(keyed.Reader), await PressAsync(keyed.Operator)));
    }

    [Fact]
    public async Task Refusals_are_problems_with_a_code_and_a_browser_is_led_to_the_sign_in()
    {
        using var none = await keyed.SendAsync("GET", "/api/orders");
        Assert.Equal(("key_needed", "Bearer"), (await CodeAsync(none), none.Headers.WwwAuthenticate.ToString()));
        var asked = await keyed.CreateAsync("asked", "reader");
        using var inAddress = await keyed.SendAsync("GET", $"/api/orders?key={asked}&access_token={asked}");
        Assert.Equal("key_needed", await CodeAsync(inAddress));
        using var reader = await keyed.SendAsync("POST", "/scrapes/pause", keyed.Reader);
        Assert.Equal((HttpStatusCode.Forbidden, "role_not_enough"), (reader.StatusCode, await CodeAsync(reader)));
        using var browser = await keyed.SendAsync("GET", "/orders?a=b", "", ("Accept", "text/html,*/*"));
        Assert.Equal("/sign-in?to=%2Forders%3Fa%3Db", browser.Headers.Location?.OriginalString);
        using var ready = await keyed.SendAsync("GET", "/health/ready");
        Assert.Equal("""{"status":"ready"}""", await ready.Content.ReadAsStringAsync());
        using var known = await keyed.SendAsync("GET", "/health/ready", keyed.Reader);
        Assert.Contains("\"migrations\"", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost.rebound.example:5080", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost:1", HttpStatusCode.OK)]
    [InlineData("X-Forwarded-For", "10.0.0.1", HttpStatusCode.OK)]
    public async Task It_answers_to_the_names_of_this_machine_alone(string header, string value, HttpStatusCode status) =>
        Assert.Equal(status, await keyed.StatusAsync("GET", "/jobs", keyed.Reader, (header, value)));

    [Fact]
    public async Task A_cookie_holds_for_pages_until_its_key_is_revoked_and_is_not_to_be_had_by_scripts()
    {
        var key = await keyed.CreateAsync("short", "operator");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(keyed.Eod.Url) };
        var (_, refused) = await SignInAsync(http, "eod_wrong", "/jobs");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.TryGetValues("Set-Cookie", out _));

        using var other = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(keyed.Eod.Url) };
        var (_, foreign) = await SignInAsync(other, key, "//other.example/");
        Assert.Equal("/", foreign.Headers.Location?.OriginalString);
        var (_, reply) = await SignInAsync(http, key, "/jobs");
        Assert.Equal("/jobs", reply.Headers.Location?.OriginalString);
        var cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"), set => set.StartsWith("eod-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(key, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/jobs")).StatusCode);

        await using var revoke = await EodProcess.RunAsync(keyed.Folder, ["keys", "revoke", "--name", "short"]);
        Assert.Equal("short is revoked.", revoke.Output);
        await TestTime.UntilAsync("the cookie ends", async () => (await http.GetAsync("/jobs")).StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await keyed.StatusAsync("GET", "/jobs", key));

        await using var list = await EodProcess.RunAsync(keyed.Folder, ["keys", "list", "--json"]);
        var rows = list.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var told = rows.Single(row => row.GetProperty("name").GetString() == "short");
        Assert.Equal("operator", told.GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.String, told.GetProperty("revoked_at").ValueKind);
        Assert.EndsWith(":00:00+00:00", told.GetProperty("last_used_at").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_knows_the_session_of_the_first_and_another_sign_out_ends_it()
    {
        await using var second = await EodProcess.ServeAsync(keyed.Folder);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(keyed.Eod.Url) };
        await SignInAsync(http, keyed.Reader, "/");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(second.Url + "/jobs")).StatusCode);
        var page = await http.GetStringAsync(second.Url + "/jobs");
        Assert.Contains("looker (reader)", page, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", Token(page))]);
        Assert.Equal("/sign-in", (await http.PostAsync("/sign-out", form)).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(second.Url + "/jobs")).StatusCode);
    }

    [Fact]
    public async Task No_key_reaches_the_log_however_much_is_logged()
    {
        await keyed.StatusAsync("GET", "/jobs", keyed.Operator);
        using var http = new HttpClient { BaseAddress = new(keyed.Eod.Url) };
        await SignInAsync(http, keyed.Operator, "/");
        await TestTime.UntilAsync("it is logged", () =>
            Task.FromResult(keyed.Eod.Output.Contains("sign-in", StringComparison.Ordinal)));
        Assert.DoesNotContain(keyed.Operator, keyed.Eod.Output + keyed.Eod.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(keyed.Reader, keyed.Eod.Output + keyed.Eod.Error, StringComparison.Ordinal);
    }

    private static async Task<(string Page, HttpResponseMessage Reply)> SignInAsync(HttpClient http, string key, string to)
    {
        var page = await http.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("__RequestVerificationToken", Token(page)), KeyValuePair.Create("key", key), KeyValuePair.Create("to", to)]);
        return (page, await http.PostAsync("/sign-in", form));
    }

    private static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    private static async Task<string?> CodeAsync(HttpResponseMessage reply) =>
        JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    private static string Role(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "open"
        : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is [.., { Policy: { } policy }] ? policy : "none";

    // As the composition root maps them; nothing of it is started.
    private static async Task<List<(string Name, string Method, string Path, Endpoint Endpoint)>> EndpointsAsync()
    {
        await using var service = ServiceHost.Build(new ConfigurationBuilder().AddInMemoryCollection().Build());
        return [.. ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => Methods(endpoint).Select(method =>
                ($"{method} {endpoint.RoutePattern.RawText}", method, Path(endpoint.RoutePattern.RawText!), (Endpoint)endpoint)))];
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    private static string Path(string pattern) => Parameter().Replace("/" + pattern.TrimStart('/'), match =>
        match.Value.Contains("date", StringComparison.Ordinal) ? "2026-11-20" : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
