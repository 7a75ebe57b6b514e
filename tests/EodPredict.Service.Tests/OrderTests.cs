using System.Net;
using System.Text;
using System.Text.Json;

namespace EodPredict.Service.Tests;

/// <summary>Orders over HTTP, on the page and from the command line, all on one database.</summary>
public sealed class OrderTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    [Fact]
    public async Task An_order_is_created_once_and_read_from_a_cursor()
    {
        const string Body = """{"source":"http","client_key":"k","payload":{"side":"buy","quantity":3}}""";
        var (created, first) = await PostAsync("/api/orders", Body);
        var (repeated, second) = await PostAsync("/api/orders", Body);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created, repeated));
        Assert.Equal(Id(first), Id(second));

        var (conflict, refused) = await PostAsync("/api/orders", """{"source":"http","client_key":"k","payload":{"side":"sell"}}""");
        Assert.Equal(HttpStatusCode.Conflict, conflict);
        Assert.Equal("OR001", refused.GetProperty("sql_state").GetString());

        var page = JsonDocument.Parse(await served.Eod.ReadAsync("/api/orders")).RootElement;
        var order = page.GetProperty("orders").EnumerateArray().Single(one => one.GetProperty("order_id").GetInt64() == Id(first));
        Assert.Equal(3, order.GetProperty("payload").GetProperty("quantity").GetInt32());
        var cursor = Uri.EscapeDataString(page.GetProperty("next_cursor").GetString()!);
        var after = JsonDocument.Parse(await served.Eod.ReadAsync($"/api/orders?since={cursor}")).RootElement;
        Assert.DoesNotContain(after.GetProperty("orders").EnumerateArray(), one => one.GetProperty("order_id").GetInt64() == Id(first));
    }

    [Fact]
    public async Task A_reservation_is_filled_and_a_lease_is_used()
    {
        var (_, reserved) = await PostAsync("/api/orders/reserve", """{"source":"http","client_key":"r"}""");
        var (_, filled) = await PostAsync("/api/orders", """{"source":"http","client_key":"r","payload":1}""");
        Assert.Equal(Id(reserved), Id(filled));

        var (_, lease) = await PostAsync("/api/orders/lease", """{"worker":"http worker","blocks":2}""");
        var id = lease.GetProperty("ranges")[0].GetProperty("first_id").GetInt64();
        var (status, recorded) = await PostAsync(
            "/api/orders", $$"""{"source":"http","client_key":"leased","payload":{},"order_id":{{id}}}""");
        Assert.Equal((HttpStatusCode.Created, id), (status, Id(recorded)));
        Assert.Contains("http worker", await served.Eod.ReadAsync("/orders"), StringComparison.Ordinal);
        Assert.Contains("\"worker\":\"http worker\",\"issued\":2048,\"used\":1", await served.Eod.ReadAsync("/api/orders/ledger"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_orders_are_found_by_id_source_key_and_text_the_latest_first_page_by_page()
    {
        using var api = new JsonClient(served.Eod);
        var ids = new List<long>();
        foreach (var key in new[] { "f1", "f2", "f3", "f4", "f5" })
        {
            ids.Add(Id((await api.PostAsync("/api/orders", new { source = "finder", client_key = key, payload = new { note = $"Found {key}" } })).Reply));
        }

        await api.PostAsync("/api/orders/reserve", new { source = "finder", client_key = "reserved" });
        var (_, late) = await api.PostAsync("/api/orders/reserve", new { source = "finder", client_key = "filled" });
        await api.PostAsync("/api/orders", new { source = "finder", client_key = "filled", payload = 1 });

        Assert.Equal(["filled", "f5", "f4", "f3", "f2", "f1"], await KeysAsync("/api/orders/recorded?source=finder"));
        Assert.Equal("filled", (await KeysAsync("/api/orders/recorded"))[0]);
        Assert.Equal(["f3"], await KeysAsync("/api/orders/recorded?source=finder&client_key=f3"));
        Assert.Equal(["f4"], await KeysAsync($"/api/orders/recorded?order_id={ids[3]}"));
        Assert.Equal(["f2"], await KeysAsync("/api/orders/recorded?q=found%20F2"));
        Assert.Empty(await KeysAsync("/api/orders/recorded?source=finder&client_key=reserved"));
        Assert.Equal("Found f1", (await api.ReadAsync($"/api/orders/{ids[0]}")).GetProperty("payload").GetProperty("note").GetString());
        Assert.Equal("filled", (await api.ReadAsync($"/api/orders/{Id(late)}")).GetProperty("client_key").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await served.Eod.StatusOfAsync("/api/orders/1"));
        Assert.Equal(HttpStatusCode.BadRequest, await served.Eod.StatusOfAsync("/api/orders/recorded?before=nowhere"));
        Assert.Contains("Found f5", await served.Eod.ReadAsync("/orders?source=finder"), StringComparison.Ordinal);
        Assert.Contains("\"\"Found f5\"\"", await served.Eod.ReadAsync("/orders?source=finder&csv=orders"), StringComparison.Ordinal);

        async Task<List<string>> KeysAsync(string list) =>
            (await api.AllAsync(list, 2)).ConvertAll(order => order.GetProperty("client_key").GetString()!);
    }

    [Theory]
    [InlineData("/api/orders", "nonsense")]
    [InlineData("/api/orders", """{"source":"http","payload":{}}""")]
    [InlineData("/api/orders", """{"source":"http","client_key":"x"}""")]
    [InlineData("/api/orders/lease", """{"worker":"w","blocks":100000}""")]
    [InlineData("/api/orders/lease", "{}")]
    public async Task What_makes_no_sense_is_a_bad_request(string path, string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, body)).Status);

    [Fact]
    public async Task The_command_line_leases_records_and_accounts()
    {
        using var folder = new TestFolder();
        var settings = ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");
        await using var next = await EodProcess.RunAsync(folder, ["orders", "next", "--count", "1500"], settings);
        var ids = next.Output.Split('\n');
        Assert.Equal((0, 1500, 1500), (await next.ExitCodeAsync(), ids.Length, ids.Distinct().Count()));

        var file = folder.Write("orders.csv", $"client_key,side,order_id\na,buy,{ids[0]}\nb,sell,\n");
        await using var record = await EodProcess.RunAsync(folder, ["orders", "record", "--source", "cli", "--file", file], settings);
        Assert.Equal("cli: 2 orders read: 2 recorded, 0 known before.", record.Output);
        await using var again = await EodProcess.RunAsync(folder, ["orders", "record", "--source", "cli", "--file", file], settings);
        Assert.Equal("cli: 2 orders read: 0 recorded, 2 known before.", again.Output);

        folder.Write("orders.csv", "client_key,side\na,sell\n");
        await using var refused = await EodProcess.RunAsync(folder, ["orders", "record", "--source", "cli", "--file", file], settings);
        Assert.Equal(1, await refused.ExitCodeAsync());
        Assert.Contains("another payload", refused.Error, StringComparison.Ordinal);

        await using var ledger = await EodProcess.RunAsync(folder, ["orders", "ledger"], settings);
        Assert.Matches(@"eod orders next +2048 +1 +0 +2047 +0", ledger.Output);
        Assert.Matches(@"cli +1 +1 +0 +0 +0", ledger.Output);

        await using var wrong = await EodProcess.RunAsync(folder, ["orders", "next", "--count", "0"], settings);
        Assert.Equal(2, await wrong.ExitCodeAsync());
    }

    private static long Id(JsonElement reply) => reply.GetProperty("order_id").GetInt64();

    private async Task<(HttpStatusCode Status, JsonElement Reply)> PostAsync(string path, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await http.PostAsync(new Uri(served.Eod.Url + path), content);
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.Clone());
    }
}
