using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>The live stream of arrivals, read as a browser reads it.</summary>
public sealed class EventTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    [Fact]
    public async Task Arrivals_are_told_as_they_come_and_none_is_missed_by_who_comes_back()
    {
        await using var stream = await OpenAsync("/api/events?since=0");
        var first = await ArriveAsync("LIVE1");
        var told = await stream.NextAsync();
        Assert.Equal((first.ToString(CultureInfo.InvariantCulture), "arrival"), (told.EventId, told.EventType));
        var data = JsonDocument.Parse(told.Data).RootElement;
        Assert.Equal(("live", "LIVE1", "2026-11-20", 1),
            (Text(data, "dataset"), Text(data, "ticker"), Text(data, "session_date"), data.GetProperty("version").GetInt32()));
        Assert.Equal(64, Text(data, "sha256").Length);

        // What commits late has a smaller id than what was told before, were it not waited for.
        await using var late = await served.Database.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        var second = await InsertAsync(late, "LIVE2");
        var third = await ArriveAsync("LIVE3");
        Assert.True(third > second);
        await transaction.CommitAsync();
        Assert.Equal([second, third], [Id(await stream.NextAsync()), Id(await stream.NextAsync())]);

        await using var resumed = await OpenAsync("/api/events", first);
        Assert.Equal([second, third], [Id(await resumed.NextAsync()), Id(await resumed.NextAsync())]);
    }

    [Fact]
    public async Task A_place_that_is_none_is_a_problem()
    {
        using var http = new HttpClient();
        using var reply = await http.GetAsync(new Uri(served.Eod.Url + "/api/events?since=yesterday"));
        var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("application/problem+json", "invalid_request"), (reply.Content.Headers.ContentType?.MediaType, Text(problem, "code")));
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static long Id(SseItem<string> item) => long.Parse(item.EventId!, CultureInfo.InvariantCulture);

    private Task<EventReader> OpenAsync(string path, long? last = null) => EventReader.OpenAsync(new Uri(served.Eod.Url + path), last);

    private async Task<long> ArriveAsync(string ticker)
    {
        await using var connection = await served.Database.OpenConnectionAsync();
        return await InsertAsync(connection, ticker);
    }

    private static async Task<long> InsertAsync(NpgsqlConnection connection, string ticker)
    {
        const string Insert = """
            with seen as (
                insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at)
                values ('live', $1, '2026-11-20', 'GET', 'available', 'test', now(), now()) returning observation_id
            ), kept as (
                insert into eod.payload (dataset, ticker, session_date, version, sha256, length, body, received_at, observation_id)
                select 'live', $1, '2026-11-20', 1, sha256('x'), 1, 'x', now(), observation_id from seen
            )
            select observation_id, pg_notify('eod_arrival', '{}')::text from seen
            """;
        await using var command = new NpgsqlCommand(Insert, connection) { Parameters = { new() { Value = ticker } } };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
