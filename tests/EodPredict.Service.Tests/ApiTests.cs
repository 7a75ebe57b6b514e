using System.Net;
using System.Text;
using System.Text.Json;

namespace EodPredict.Service.Tests;

/// <summary>What holds for the whole API: problems with a code, and pages of other sites kept out.</summary>
public sealed class ApiTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const string Order = """{"source":"api","client_key":"k","payload":1}""";

    [Theory]
    [InlineData("GET", "/api/none", "", 404, "not_found")]
    [InlineData("PUT", "/api/orders", "", 405, "method_not_allowed")]
    [InlineData("GET", "/api/orders?max=many", "", 400, "invalid_request")]
    [InlineData("GET", "/api/orders?since=nowhere", "", 400, "bad_cursor")]
    [InlineData("GET", "/api/scrapes/none", "", 404, "not_found")]
    [InlineData("POST", "/api/orders", "nonsense", 400, "invalid_request")]
    [InlineData("POST", "/api/scrapes", """{"name":"n","url":"http://host/none"}""", 400, "scrape_refused")]
    public async Task Every_refusal_is_a_problem_with_a_code(string method, string path, string body, int status, string code)
    {
        var (answered, reply) = await SendAsync(method, path, body);
        Assert.Equal(((HttpStatusCode)status, code, status), (answered, Text(reply, "code"), reply.GetProperty("status").GetInt32()));
        Assert.NotEmpty(Text(reply, "detail"));
    }

    [Theory]
    [InlineData("Origin", "https://other.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:1", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    [InlineData("Origin", "{own}", 200)]
    [InlineData("X-Nothing", "said", 200)]
    public async Task A_page_of_another_site_cannot_change_anything(string header, string value, int status)
    {
        await SendAsync("POST", "/api/orders", Order);
        var (answered, reply) = await SendAsync("POST", "/api/orders", Order, (header, value.Replace("{own}", served.Eod.Url, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode)status, answered);
        Assert.Equal(status == 403, reply.TryGetProperty("code", out var code) && code.GetString() == "cross_site");
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    // As "curl -d" sends it.
    private async Task<(HttpStatusCode Status, JsonElement Reply)> SendAsync(
        string method, string path, string body, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(served.Eod.Url + path));
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value.TrimEnd('/'));
        }

        using var reply = await http.SendAsync(request);
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.Clone());
    }
}
