using System.Collections.Concurrent;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>Scripts that send every order twice while the server is killed: the product's have no fault, and the checker sees those of others.</summary>
public sealed class OrderCheckerTests(ConformanceServer conformance) : IClassFixture<ConformanceServer>
{
    private const string Database = "checker";
    private const int Scripts = 6;
    private const int Keys = 30;
    private const int Kills = 2;

    private const string Product = "select order_id from eod.record_order('check', $1, '{}')";

    private readonly OrderServer _server = conformance.Server;

    [Fact]
    public async Task The_product_loses_no_order_and_gives_no_key_two_ids() =>
        Assert.Empty(await RunAsync(Product, commitsFirst: true, "select client_key, order_id from eod.orders"));

    [Fact]
    public async Task A_script_that_tells_of_an_order_before_its_commit_is_caught() =>
        Assert.Contains(
            await RunAsync(Product, commitsFirst: false, "select client_key, order_id from eod.orders"),
            fault => fault.StartsWith("lost", StringComparison.Ordinal));

    [Fact]
    public async Task A_table_without_a_key_is_caught() =>
        Assert.Contains(
            await RunAsync("insert into made (key) values ($1) returning id", commitsFirst: true, "select key, id from made"),
            fault => fault.StartsWith("two ids", StringComparison.Ordinal));

    [Theory]
    [InlineData(10, 4, 1, 4, 0)]
    [InlineData(10, 4, 1, 6, -1)]
    public void A_ledger_that_does_not_add_up_is_caught(long issued, long used, long reserved, long leased, long abandoned) =>
        Assert.NotEmpty(OrderChecker.Faults([], [.. Enumerable.Range(0, (int)used).Select(id => ($"k{id}", (long)id))], [new("w", issued, used, reserved, leased, abandoned)]));

    private async Task<List<string>> RunAsync(string record, bool commitsFirst, string read)
    {
        await _server.RunAsync($"drop database if exists {Database} with (force)", "postgres");
        await _server.RunAsync($"create database {Database}", "postgres");
        await _server.MigrateAsync(Database);
        await _server.RunAsync("create table made (key text, id bigint generated always as identity)", Database);

        var acknowledged = new ConcurrentBag<(string Key, long Id)>();
        // They go on for as long as the server is killed, however long that takes: some are always in the middle of an order.
        var kills = 0;
        var sending = Task.WhenAll(Enumerable.Range(0, Scripts)
            .Select(script => Task.Run(
                () => SendAsync(script, record, commitsFirst, acknowledged, () => Volatile.Read(ref kills) < Kills))));
        try
        {
            while (kills < Kills)
            {
                while (acknowledged.Count < (kills + 1) * Scripts * Keys / 2 && !sending.IsCompleted)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TestTime.Wall);
                }

                await _server.RestartAfterKillAsync();
                Interlocked.Increment(ref kills);
            }
        }
        finally
        {
            kills = Kills;
        }

        await sending;
        await using var look = await _server.OpenAsync(Database);
        var recorded = await look.RowsAsync(read, row => (row.GetString(0), row.GetInt64(1)));
        return OrderChecker.Faults(acknowledged, recorded, await look.LedgerAsync());
    }

    // Every order is sent twice, as by a script that has lost the first reply; but once by the one that told too early.
    private async Task SendAsync(
        int script, string record, bool commitsFirst, ConcurrentBag<(string Key, long Id)> acknowledged, Func<bool> goesOn)
    {
        NpgsqlConnection? connection = null;
        for (var send = 0; send < 2 * Keys || goesOn(); send++)
        {
            var key = $"script{script} order{(commitsFirst ? send / 2 : send)}";
            try
            {
                connection ??= await _server.OpenAsync(Database);
                await using var transaction = await connection.BeginTransactionAsync();
                var id = (await connection.RowsAsync(record, row => row.GetInt64(0), key)).Single();
                if (!commitsFirst)
                {
                    acknowledged.Add((key, id));
                    await connection.RunAsync("select pg_sleep(0.005)");
                }

                await transaction.CommitAsync();
                acknowledged.Add((key, id));
            }
            catch (NpgsqlException)
            {
                // Sent again when the server is back; the script that told too early does not send again.
                send -= commitsFirst ? 1 : 0;
                connection = null;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestTime.Wall);
            }
        }

        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
