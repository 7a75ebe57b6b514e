using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>The ledger's sums are what a count of all orders gives, at any moment: while scripts record and die, the server is killed, and others fold.</summary>
public sealed class OrderTallyTests(ConformanceServer conformance) : IClassFixture<ConformanceServer>
{
    private const string Database = "tally";
    private const int Scripts = 6;
    private const int Kills = 3;
    private const string NoPayload = "{}";
    private const int ComparedBetweenKills = 60;

    private const string Differing = """
        with kept as (select * from eod.tally_orders()), counted as (select * from eod.recount_orders())
        select (select count(*) from ((table kept except table counted) union all (table counted except table kept)) d),
               (select coalesce(sum(single + leased_used), 0)::bigint from counted)
        """;

    private readonly OrderServer _server = conformance.Server;

    [Fact]
    public async Task The_sums_are_what_a_count_of_all_orders_gives_at_any_moment()
    {
        await _server.RunAsync($"create database {Database}", "postgres");
        await _server.MigrateAsync(Database);
        using var done = new CancellationTokenSource();
        var working = Enumerable.Range(0, Scripts).Select(script => Task.Run(() => RecordAsync(script, done.Token)))
            .Append(Task.Run(() => FoldAsync(done.Token)))
            .Append(Task.Run(() => FoldAsync(done.Token)))
            .ToList();
        try
        {
            for (var kill = 0; kill <= Kills; kill++)
            {
                await using (var look = await _server.OpenAsync(Database))
                {
                    for (var compared = 0; compared < ComparedBetweenKills; compared++)
                    {
                        var (differing, orders) = (await look.RowsAsync(Differing, row => (row.GetInt64(0), row.GetInt64(1)))).Single();
                        Assert.True(differing == 0, $"{differing} rows differ at {orders} orders");
                        Assert.All(await look.LedgerAsync(), row => Assert.True(row.Balances, $"{row}"));
                    }
                }

                if (kill < Kills)
                {
                    await _server.RestartAfterKillAsync();
                }
            }
        }
        finally
        {
            await done.CancelAsync();
        }

        await Task.WhenAll(working);
        await using var last = await _server.OpenAsync(Database);
        Assert.True((await last.RowsAsync(Differing, row => row.GetInt64(1))).Single() > Scripts * 10);
        while ((await last.RowsAsync("select eod.fold_orders(100)", row => row.GetBoolean(0))).Single())
        {
        }

        // Now all is in the sums that are kept.
        var kept = await last.RowsAsync("select t::text from eod.order_tally t order by 1", row => row.GetString(0));
        Assert.Equal(await last.RowsAsync("select t::text from eod.recount_orders() t order by 1", row => row.GetString(0)), kept);
    }

    // Everything that a script may do, in any order; every connection ends without a word now and then.
    private async Task RecordAsync(int script, CancellationToken done)
    {
        var chance = new Random(script);
        var (source, keys) = ($"script {script}", 0);
        while (!done.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _server.OpenAsync(Database);
                await using var pool = NpgsqlDataSource.Create(_server.ConnectionString(Database));
                for (var deed = chance.Next(5, 40); deed > 0 && !done.IsCancellationRequested; deed--)
                {
                    await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
                    for (var more = chance.Next(1, 4); more > 0; more--)
                    {
                        await DoAsync(connection, source, $"{keys++}", chance);
                    }

                    if (chance.Next(5) == 0)
                    {
                        await transaction.RollbackAsync(CancellationToken.None);
                    }
                    else
                    {
                        await transaction.CommitAsync(CancellationToken.None);
                    }
                }

                await new OrderStore(pool).RecordBatchAsync(
                    source, [.. Enumerable.Range(0, 20).Select(_ => new NewOrder($"{keys++}", "{}"))], CancellationToken.None);
                await connection.BeginTransactionAsync(CancellationToken.None);
                await DoAsync(connection, source, $"{keys++}", chance);
                await connection.RowsAsync("select pg_terminate_backend(pg_backend_pid())", row => row.GetBoolean(0));
            }
            catch (NpgsqlException)
            {
                // Ended by itself, or with the server.
            }
        }
    }

    private static async Task DoAsync(NpgsqlConnection connection, string source, string key, Random chance)
    {
        switch (chance.Next(5))
        {
            case 0:
                await connection.RecordAsync(source, key);
                break;
            case 1:
                await connection.ReserveAsync(source, key);
                break;
            case 2:
                await connection.RunAsync($"""
                    select eod.record_order(source, client_key, payload => jsonb_build_object('n', 1))
                      from (select source, client_key from eod.orders where payload is null and source = '{source}'
                             order by order_id desc limit 1) r
                    """);
                break;
            case 3:
                var lease = await connection.LeaseAsync($"worker of {source} {chance.Next(3)}", chance.Next(1, 4));
                await connection.RunAsync($"select eod.record_leased_order({lease[0].First + chance.Next(1024)}, '{source}', '{key}', '{NoPayload}')");
                break;
            default:
                // A lease may be used when it has ended.
                await connection.RunAsync($"""
                    select eod.end_order_leases('worker of {source} {chance.Next(3)}');
                    select eod.record_leased_order(2251799813685248 + first_block * 1024 + {chance.Next(1024)}, '{source}', '{key}', '{NoPayload}')
                      from (select * from eod.order_lease where worker like 'worker of {source}%' order by random() limit 1) l
                    """);
                break;
        }
    }

    private async Task FoldAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _server.OpenAsync(Database);
                while (!done.IsCancellationRequested)
                {
                    await connection.RowsAsync("select eod.fold_orders(3)", row => row.GetBoolean(0));
                }
            }
            catch (NpgsqlException)
            {
                // The server was killed.
            }
        }
    }
}
