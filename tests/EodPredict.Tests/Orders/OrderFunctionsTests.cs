using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>What a script in any language may rely on: the SQL functions, by plain SQL.</summary>
public sealed class OrderFunctionsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const long FirstLeasedId = 1L << 51;
    private const long LastId = (1L << 53) - 1;

    [Fact]
    public async Task A_retry_gets_the_same_id_and_another_payload_is_refused()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        var first = await script.RecordAsync("retry", "k", """{"price": 1.50, "side": "buy"}""");
        Assert.True(first.Created);
        Assert.InRange(first.OrderId, 1, FirstLeasedId - 1);

        // The same JSON in another spelling is the same order.
        Assert.Equal((first.OrderId, false), await script.RecordAsync("retry", "k", """{"side":"buy","price":1.5}"""));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => script.RecordAsync("retry", "k", """{"side":"sell"}"""));
        Assert.Equal("OR001", refused.SqlState);
        Assert.NotEqual(first.OrderId, (await script.RecordAsync("retry", "another")).OrderId);
        Assert.NotEqual(first.OrderId, (await script.RecordAsync("elsewhere", "k")).OrderId);
    }

    [Fact]
    public async Task A_reserved_id_is_the_one_that_is_recorded()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        var reserved = await script.ReserveAsync("broker", "k");
        Assert.Equal(reserved, await script.ReserveAsync("broker", "k"));
        Assert.Equal((reserved, true), await script.RecordAsync("broker", "k", """{"a":1}"""));
        Assert.Equal((reserved, false), await script.RecordAsync("broker", "k", """{"a":1}"""));
        Assert.Equal(reserved, await script.ReserveAsync("broker", "k"));
        Assert.Equal("OR001", (await Assert.ThrowsAsync<PostgresException>(() => script.RecordAsync("broker", "k", "[]"))).SqlState);
    }

    [Fact]
    public async Task Many_sessions_that_record_the_same_keys_agree_on_every_id()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async session =>
        {
            await using var script = await database.DataSource.OpenConnectionAsync();
            var ids = new List<(string Key, long OrderId, bool Created)>();
            foreach (var key in Enumerable.Range(0, 50).Select(number => $"k{number}"))
            {
                if (session % 2 == 0)
                {
                    var (id, created) = await script.RecordAsync("contended", key);
                    ids.Add((key, id, created));
                }
                else
                {
                    ids.Add((key, await script.ReserveAsync("contended", key), false));
                }
            }

            return ids;
        }));

        var byKey = answers.SelectMany(ids => ids).GroupBy(id => id.Key).ToList();
        Assert.All(byKey, key => Assert.Single(key.Select(id => id.OrderId).Distinct()));
        Assert.All(byKey, key => Assert.Single(key, id => id.Created));
        Assert.Equal(50, byKey.Select(key => key.First().OrderId).Distinct().Count());
    }

    [Fact]
    public async Task A_lease_is_a_set_of_whole_blocks_that_nobody_else_has()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(async session =>
        {
            await using var script = await database.DataSource.OpenConnectionAsync();
            var runs = new List<(long First, long Last)>();
            for (var lease = 0; lease < 20; lease++)
            {
                var taken = await script.LeaseAsync($"leasing{session}", 100);
                Assert.Equal(100 * 1024, taken.Sum(run => run.Last - run.First + 1));
                runs.AddRange(taken);
            }

            return runs;
        }));

        var all = leases.SelectMany(runs => runs).OrderBy(run => run.First).ToList();
        Assert.All(all, run => Assert.True(run.First >= FirstLeasedId && run.Last <= LastId));
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public async Task A_lease_of_no_sensible_size_is_refused(int blocks)
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        Assert.Equal("22023", (await Assert.ThrowsAsync<PostgresException>(() => script.LeaseAsync("greedy", blocks))).SqlState);
    }

    [Fact]
    public async Task A_leased_id_serves_one_key_and_an_id_without_a_lease_none()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        var id = (await script.LeaseAsync("leased", 1)).Single().First + 7;
        Assert.Equal((id, true), await RecordLeasedAsync(script, id, "k"));
        Assert.Equal((id, false), await RecordLeasedAsync(script, id, "k"));
        Assert.Equal((id, false), await RecordLeasedAsync(script, id + 1, "k"));
        Assert.Equal("OR003", (await Assert.ThrowsAsync<PostgresException>(() => RecordLeasedAsync(script, id, "other"))).SqlState);
        Assert.Equal("OR002", (await Assert.ThrowsAsync<PostgresException>(() => RecordLeasedAsync(script, LastId, "other"))).SqlState);
        Assert.Equal("OR002", (await Assert.ThrowsAsync<PostgresException>(() => RecordLeasedAsync(script, 17, "other"))).SqlState);
    }

    [Theory]
    [InlineData("update eod.orders set payload = '{}'")]
    [InlineData("delete from eod.orders")]
    [InlineData("truncate eod.orders, eod.order_fill")]
    [InlineData("delete from eod.order_lease")]
    [InlineData("update eod.order_epoch set first_block = 0")]
    public async Task What_was_recorded_is_neither_changed_nor_removed(string statement)
    {
        await using var owner = await database.DataSource.OpenConnectionAsync();
        await owner.RecordAsync("kept", "k");
        await owner.LeaseAsync("kept", 1);
        Assert.Equal("OR006", (await Assert.ThrowsAsync<PostgresException>(() => owner.RunAsync(statement))).SqlState);
    }

    [Fact]
    public async Task A_script_may_call_functions_and_nothing_else()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        await script.RunAsync("""
            do $$ begin create role eod_script_of_a_test; exception when duplicate_object then null; end $$;
            grant eod_script to eod_script_of_a_test;
            set session authorization eod_script_of_a_test
            """);
        try
        {
            await script.RecordAsync("role", "k");
            await script.ReserveAsync("role", "r");
            await script.LeaseAsync("role", 1);
            await script.SinceAsync("");
            await script.LedgerAsync();
            foreach (var statement in new[]
            {
                "select * from eod.orders", "insert into eod.order_lease values (1, 1, 'x', 1)", "select nextval('eod.order_id_seq')",
                "select setval('eod.order_block_seq', 1)", "select eod.put_order('a', 'b', null)", "select eod.use_order_authority('counter')",
                "delete from eod.order_fence", "select * from eod.session",
            })
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => script.RunAsync(statement));
                Assert.True(refused.SqlState == "42501", $"{statement}: {refused.SqlState}");
            }
        }
        finally
        {
            await script.RunAsync("reset session authorization");
        }
    }

    [Fact]
    public async Task A_session_that_does_not_wait_for_the_disk_waits_for_it_here()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await script.BeginTransactionAsync();
        await script.RunAsync("set synchronous_commit = off");
        await script.LeaseAsync("hasty", 1);
        Assert.Equal("on", (await script.RowsAsync("show synchronous_commit", row => row.GetString(0))).Single());
    }

    private static async Task<(long, bool)> RecordLeasedAsync(NpgsqlConnection script, long id, string key) =>
        (await script.RowsAsync(
            "select recorded_id, created from eod.record_leased_order($1, 'leased', $2, '{}')",
            row => (row.GetInt64(0), row.GetBoolean(1)), id, key)).Single();
}
