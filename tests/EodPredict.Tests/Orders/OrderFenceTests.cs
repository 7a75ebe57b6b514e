using EodPredict.Orders;
using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>The guard: when it opens an epoch, where the ids go on, when it refuses, and where the id space ends.</summary>
public sealed class OrderFenceTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private NpgsqlConnection _script = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _script = await _database.DataSource.OpenConnectionAsync();
    }

    public async Task DisposeAsync()
    {
        await _script.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_first_ids_begin_at_the_clock()
    {
        await ClockAsync("timestamptz '2030-01-01 00:00+00'");
        var milliseconds = (long)(new DateTime(2030, 1, 1) - new DateTime(2024, 1, 1)).TotalMilliseconds;
        Assert.Equal(512 * milliseconds, (await _script.RecordAsync("first", "k")).OrderId);
        Assert.Equal((1L << 51) + (1024 * 2 * milliseconds), (await _script.LeaseAsync("first", 1)).Single().First);
    }

    [Fact]
    public async Task A_good_epoch_stays()
    {
        var first = await _script.RowsAsync("select eod.fence_orders()", row => row.GetInt64(0));
        await _script.RecordAsync("stays", "k");
        Assert.Equal(first, await _script.RowsAsync("select eod.fence_orders()", row => row.GetInt64(0)));
        Assert.Equal(1, await _database.ScalarAsync<long>("select count(*) from eod.order_epoch"));
    }

    [Fact]
    public async Task After_the_loss_of_the_epoch_ids_go_on_above_all_that_may_have_been_given_out()
    {
        var before = await _script.RecordAsync("lost", "before");
        var lease = (await _script.LeaseAsync("lost", 1)).Single();
        await LoseEpochAsync();
        Assert.True((await _script.RecordAsync("lost", "after")).OrderId > before.OrderId + 1);
        Assert.True((await _script.LeaseAsync("lost", 1)).Single().First > lease.Last + 1);
        Assert.Equal((before.OrderId, false), await _script.RecordAsync("lost", "before"));
    }

    [Fact]
    public async Task With_the_clock_set_back_ids_still_move_up()
    {
        var before = await _script.RecordAsync("back", "before");
        var lease = (await _script.LeaseAsync("back", 1)).Single();
        await ClockAsync("clock_timestamp() - interval '1 hour'");
        await LoseEpochAsync();
        Assert.Equal(before.OrderId + (1 << 16), (await _script.RecordAsync("back", "after")).OrderId);
        Assert.True((await _script.LeaseAsync("back", 1)).Single().First > lease.Last + 1);

        // Not ahead of the clock for ever: a copy that is made later is above all this again.
        await ClockAsync("clock_timestamp() + interval '1 second'");
        await LoseEpochAsync();
        Assert.True((await _script.RecordAsync("back", "right")).OrderId > before.OrderId + (1 << 18));
    }

    [Fact]
    public async Task A_copy_gives_out_nothing_while_its_clock_is_behind_the_ids()
    {
        await _script.RecordAsync("copy", "before");
        await ClockAsync("clock_timestamp() - interval '1 hour'");

        // What a fence sees in a copy: another database than the one that opened the last epoch.
        await _script.RunAsync("""
            alter table eod.order_epoch disable trigger user;
            update eod.order_epoch set database = 1;
            alter table eod.order_epoch enable trigger user
            """);
        await LoseEpochAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _script.LeaseAsync("copy", 1));
        Assert.Equal("OR004", refused.SqlState);
        Assert.Contains("ms later", refused.Hint, StringComparison.Ordinal);

        await ClockAsync("clock_timestamp() + interval '1 second'");
        Assert.Single(await _script.LeaseAsync("copy", 1));
    }

    [Theory]
    [InlineData("timestamptz '1970-01-01 00:00+00'")]
    [InlineData("timestamptz '2125-01-01 00:00+00'")]
    public async Task With_a_clock_that_cannot_be_right_nothing_is_given_out(string clock)
    {
        await ClockAsync(clock);
        foreach (var ask in new Func<Task>[]
        {
            () => _script.RecordAsync("closed", "k"), () => _script.ReserveAsync("closed", "k"), () => _script.LeaseAsync("closed", 1),
        })
        {
            Assert.Equal("OR004", (await Assert.ThrowsAsync<PostgresException>(ask)).SqlState);
        }

        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from eod.orders"));
    }

    [Fact]
    public async Task A_caller_that_rolls_back_takes_the_epoch_back_and_the_ledger_stays_exact()
    {
        await _script.RecordAsync("rolled", "before");
        await LoseEpochAsync();
        await using (var transaction = await _script.BeginTransactionAsync())
        {
            await _script.RecordAsync("rolled", "taken back");
            await transaction.RollbackAsync();
        }

        await _script.RecordAsync("rolled", "after");
        Assert.Equal(2, await _database.ScalarAsync<long>("select count(*) from eod.order_epoch"));
        var ledger = await _script.LedgerAsync();
        Assert.Equal(new LedgerRow("", 0, 0, 0, 0, 0), ledger[0]);
        Assert.Equal(new LedgerRow("rolled", 2, 2, 0, 0, 0), ledger[1]);
    }

    [Fact]
    public async Task Many_sessions_after_a_loss_open_one_epoch()
    {
        await _script.RecordAsync("together", "before");
        await LoseEpochAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async session =>
        {
            await using var script = await _database.DataSource.OpenConnectionAsync();
            return (await script.RecordAsync("together", $"k{session}")).OrderId;
        }));
        Assert.Equal(8, ids.Distinct().Count());
        Assert.Equal(2, await _database.ScalarAsync<long>("select count(*) from eod.order_epoch"));
    }

    [Fact]
    public async Task An_owner_that_may_not_change_the_role_is_told_and_one_that_may_leaves_a_mark()
    {
        var owner = $"owner_{_script.Database}";
        await _script.RunAsync($"""
            do $$ begin create role {owner} nosuperuser; exception when duplicate_object then alter role {owner} nocreaterole; end $$;
            grant pg_read_all_settings to {owner};
            grant usage on schema eod to {owner};
            grant all on all tables in schema eod to {owner};
            grant all on all sequences in schema eod to {owner};
            alter function eod.mark_epoch() owner to {owner};
            alter function eod.order_mark_fault() owner to {owner}
            """);
        await _script.RecordAsync("mark", "unmarked");
        Assert.Contains($"{owner}, who owns", await FaultAsync(), StringComparison.Ordinal);

        await _script.RunAsync($"""
            alter role {owner} createrole;
            grant eod_script to {owner} with admin option;
            do $$ begin execute format('grant set on parameter %s to {owner}', substring(eod.order_mark_fault() from 'eod\.orders_[0-9a-f]+')); end $$
            """);
        await LoseEpochAsync();
        await _script.RecordAsync("mark", "marked");
        Assert.Null(await FaultAsync());

        Task<string?> FaultAsync() => new OrderStore(_database.DataSource).MarkFaultAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_lease_that_the_database_has_lost_is_kept_by_its_holder_and_by_nobody_else()
    {
        var lease = (await _script.LeaseAsync("holder", 2)).Single();
        await _script.RunAsync("""
            alter table eod.order_lease disable trigger user; delete from eod.order_lease; alter table eod.order_lease enable trigger user;
            delete from eod.order_tally_waiting
            """);
        await LoseEpochAsync();
        Assert.True(await KeepAsync("holder", lease.First, lease.Last));
        Assert.True(await KeepAsync("holder", lease.First, lease.Last));
        Assert.False(await KeepAsync("another", lease.First, lease.Last));
        Assert.False(await KeepAsync("another", lease.First + 1024, lease.Last));

        // Ids of the epoch itself may still be given to anybody.
        var next = (await _script.LeaseAsync("another", 1)).Single();
        Assert.False(await KeepAsync("holder", next.Last + 1, next.Last + 1024));
        Assert.All(await _script.LedgerAsync(), row => Assert.True(row.Balances, $"{row}"));
    }

    [Theory]
    [InlineData("sequence")]
    [InlineData("counter")]
    public async Task The_end_of_the_id_space_is_an_error_and_no_second_round(string authority)
    {
        await _script.RunAsync($"select eod.use_order_authority('{authority}')");
        await _script.RunAsync("""
            select setval('eod.order_id_seq', 2251799813685247, false), setval('eod.order_block_seq', 6597069766655, false);
            update eod.order_counter set next_value = last_value
            """);
        Assert.Equal((1L << 51) - 1, (await _script.RecordAsync("end", "last")).OrderId);
        Assert.Equal((1L << 53) - 1, (await _script.LeaseAsync("end", 1)).Single().Last);
        Assert.Equal("2200H", (await Assert.ThrowsAsync<PostgresException>(() => _script.RecordAsync("end", "k"))).SqlState);
        Assert.Equal("2200H", (await Assert.ThrowsAsync<PostgresException>(() => _script.LeaseAsync("end", 1))).SqlState);

        await LoseEpochAsync();
        Assert.Equal("OR004", (await Assert.ThrowsAsync<PostgresException>(() => _script.RecordAsync("end", "k"))).SqlState);
    }

    private Task ClockAsync(string instant) =>
        _script.RunAsync($"create or replace function eod.order_clock() returns timestamptz language sql volatile as $$select {instant}$$");

    // As PostgreSQL does after a crash, a promotion and a restore.
    private Task LoseEpochAsync() => _script.RunAsync("truncate eod.order_fence");

    private async Task<bool> KeepAsync(string worker, long first, long last) =>
        (await _script.RowsAsync("select eod.keep_order_ids($1, $2, $3)", row => row.GetBoolean(0), worker, first, last)).Single();
}
