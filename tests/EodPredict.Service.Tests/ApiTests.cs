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
        var (answered, reply) = await SendAsync(
            "POST", "/api/orders", Order, (header, value.Replace("{own}", served.Eod.Url, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode)status, answered);
        Assert.Equal(status == 403, reply.TryGetProperty("code", out var code) && code.GetString() == "cross_site");
    }

    [Fact]
    public async Task A_failure_of_the_service_is_a_problem_too()
    {
        await ExecuteAsync("alter table eod.payload rename to gone");
        var (status, reply) = await SendAsync("GET", "/api/payloads?dataset=d&ticker=t", "");
        await ExecuteAsync("alter table eod.gone rename to payload");
        Assert.Equal((HttpStatusCode.InternalServerError, "internal_error"), (status, Text(reply, "code")));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var (_, document) = await SendAsync("GET", "/openapi.json", "");
        Assert.StartsWith("3.", Text(document, "openapi"), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(one => (Path: $"{one.Name} {path.Name}", Operation: one.Value))).ToList();
        string[] expected =
        [
            "post /api/orders", "get /api/orders", "post /api/scrapes", "get /api/events", "get /api/sessions/history", "get /api/models", "get /api/forecasts",
            "get /api/payloads/{dataset}/{ticker}/{session_date}", "post /api/models/promote", "post /api/models/rollback",
            "get /api/models/history", "get /api/scrapes", "get /api/sessions", "get /api/orders/recorded", "get /api/orders/{order_id}",
            "get /api/jobs", "post /api/jobs/run", "post /api/jobs/pause", "post /api/jobs/resume", "get /api/runs", "get /api/watch",
            "post /api/watch/pause", "post /api/watch/resume", "post /api/watch/check",
        ];
        Assert.Empty(expected.Except(operations.Select(operation => operation.Path)));
        Assert.All(operations, one =>
        {
            Assert.StartsWith("/api/", one.Path.Split(' ')[1], StringComparison.Ordinal);
            Assert.NotEmpty(Text(one.Operation, "summary"));
            var otherwise = one.Operation.GetProperty("responses").GetProperty("default").GetProperty("content");
            Assert.True(otherwise.TryGetProperty("application/problem+json", out _));
            var done = one.Operation.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2')).ToList();
            Assert.All(done, response => Assert.All(response.Value.GetProperty("content").EnumerateObject(), content =>
                Assert.True(content.Value.TryGetProperty("schema", out _), one.Path)));
            Assert.NotEmpty(done);
        });
        Assert.Contains("\"client_key\"", document.GetRawText(), StringComparison.Ordinal);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["order_id", "created"], Properties("OrderReceipt"));
        Assert.Equal(["orders", "next_cursor"], Properties("OrderPage"));
        Assert.Equal(["order_id", "source", "client_key", "payload", "recorded_at"], Properties("OrderEntry"));
        Assert.Equal(["first_id", "last_id"], Properties("LeasedRange"));
        Assert.Contains("abandoned", Properties("OrderLedgerRow"));
        Assert.Equal(["dataset", "champion", "changed"], Properties("ModelChange"));
        Assert.Equal(["entries", "next_before", "looked_through"], Properties("FoundOrders"));
        Assert.Contains("paused_because", Properties("WatchPause"));
        Assert.Contains("began_at", Properties("RunEntry"));

        IEnumerable<string> Properties(string type) =>
            schemas.GetProperty(type).GetProperty("properties").EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public async Task History_is_read_page_by_page()
    {
        await ExecuteAsync("""
            insert into eod.session (dataset, ticker, session_date, close_at, state, gets)
            select 'pages', 'T' || n, '2026-11-20', '2026-11-20 21:00Z', 'missed', n from generate_series(1, 5) as n;
            with seen as (
                insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at)
                values ('pages', 'T1', '2026-11-20', 'GET', 'available', 'there', '2026-11-21 01:00Z', '2026-11-21 01:00Z')
                returning observation_id)
            insert into eod.payload (dataset, ticker, session_date, version, sha256, length, body, received_at, observation_id)
            select 'pages', 'T1', '2026-11-20', 1, sha256('hello'), 5, '\x0b028068656c6c6f03', '2026-11-21 01:00Z', observation_id from seen
            """);
        const string First = "/api/sessions/history?dataset=pages&max=2";
        var tickers = new List<string>();
        for (var next = First; next.Length > 0;)
        {
            var (_, page) = await SendAsync("GET", next, "");
            tickers.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "ticker")));
            next = page.GetProperty("next_before") is { ValueKind: JsonValueKind.Number } before ? $"{First}&before={before}" : "";
        }

        Assert.Equal(["T5", "T4", "T3", "T2", "T1"], tickers);
        Assert.Equal("there", Text(await OnlyAsync("/api/observations?dataset=pages&ticker=T1&session_date=2026-11-20"), "reason"));
        Assert.Equal(1, (await OnlyAsync("/api/payloads?dataset=pages&ticker=T1")).GetProperty("version").GetInt32());
        Assert.Equal("hello", await served.Eod.ReadAsync("/api/payloads/pages/T1/2026-11-20"));
    }

    [Theory]
    [InlineData("/api/payloads/pages/T2/2026-11-20", HttpStatusCode.NotFound)]
    [InlineData("/api/models?dataset=none", HttpStatusCode.NotFound)]
    [InlineData("/api/forecasts?dataset=none&ticker=A", HttpStatusCode.NotFound)]
    [InlineData("/api/forecasts?dataset=none", HttpStatusCode.BadRequest)]
    [InlineData("/api/forecasts?dataset=none&ticker=A&window_minutes=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/models", HttpStatusCode.BadRequest)]
    [InlineData("/api/sessions/history?max=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/observations?session_date=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/payloads", HttpStatusCode.BadRequest)]
    public async Task What_history_does_not_have_is_said(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await SendAsync("GET", path, "")).Status);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private async Task<JsonElement> OnlyAsync(string path) =>
        Assert.Single((await SendAsync("GET", path, "")).Reply.GetProperty("entries").EnumerateArray());

    private async Task ExecuteAsync(string sql)
    {
        await using var command = served.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

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
