using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>A durable server and the world that sees its ids, through one crash window after another.</summary>
internal sealed class CrashWindows : IAsyncDisposable
{
    // A sequence logs this many values ahead; the next crash window begins when they are used up.
    private const int LoggedAhead = 33;

    private readonly OrderServer _server;
    private readonly string _authority;
    private int _keys;

    private CrashWindows(OrderServer server, string authority) => (_server, _authority) = (server, authority);

    public SeenIds Seen { get; } = new();

    public static async Task<CrashWindows> StartAsync(string authority)
    {
        var windows = new CrashWindows(await OrderServer.StartNewAsync(), authority);
        await windows.ChooseAuthorityAsync();
        return windows;
    }

    public Task PassAsync(CrashWindow window) => window switch
    {
        CrashWindow.OpenTransaction => OpenTransactionAsync(),
        CrashWindow.Clone => CloneAsync(),
        CrashWindow.LostReply => LostReplyAsync(),
        CrashWindow.SynchronousPromotion => SynchronousPromotionAsync(),
        CrashWindow.AsynchronousPromotion => AsynchronousPromotionAsync(),
        CrashWindow.Restore => RestoreAsync(),
        CrashWindow.DropAndRecreate => DropAndRecreateAsync(),
        CrashWindow.DropAndRecreateClockBack => DropAndRecreateClockBackAsync(),
        CrashWindow.ClockBack => ClockBackAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(window)),
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task OpenTransactionAsync()
    {
        await using (var script = await _server.OpenAsync())
        {
            await script.RunAsync("begin");
            for (var value = 0; value < LoggedAhead; value++)
            {
                await TakeAsync(script, "before");
            }

            await script.RunAsync("commit");
            await script.RunAsync("checkpoint");
        }

        await using (var open = await _server.OpenAsync())
        await using (var script = await _server.OpenAsync())
        {
            if (_authority == "sequence")
            {
                // The log records of both sequences stay in this transaction.
                await open.RunAsync("begin");
                await open.RecordAsync("crash", NextKey());
                await open.LeaseAsync("open", 1);
            }

            await TakeAsync(script, "beside the open transaction");
            await TakeAsync(script, "beside the open transaction");
            await _server.KillAsync();
        }

        await _server.StartAsync();
        await TakeAsync(_server, "after the crash", 3);
    }

    private async Task CloneAsync()
    {
        await TakeAsync(_server, "before the clone", 5);
        await _server.RunAsync("drop database if exists clone", "postgres");
        await _server.RunAsync("checkpoint", "postgres");
        await _server.RunAsync("create database clone template eod", "postgres");
        await TakeAsync(_server, "in the clone", 5, "clone");
        await _server.RestartAfterKillAsync();
        await TakeAsync(_server, "in the clone, after the crash", 5, "clone");
        await TakeAsync(_server, "in the original", 5);
    }

    private async Task LostReplyAsync()
    {
        var worker = NextKey();
        var asking = LeaseInVainAsync(worker);
        await using (var look = await _server.OpenAsync())
        {
            while ((await look.RowsAsync("select 1 from eod.order_lease where worker = $1", row => row.GetInt32(0), worker)).Count == 0)
            {
            }
        }

        await _server.RestartAfterKillAsync();
        await asking;
        await using var script = await _server.OpenAsync();
        foreach (var run in await script.RowsAsync(
            "select 2251799813685248 + first_block * 1024, 2251799813685248 + last_block * 1024 from eod.order_lease where worker = $1",
            row => (row.GetInt64(0), row.GetInt64(1)), worker))
        {
            Seen.See(run, "a client that may not have had the reply");
        }

        await TakeAsync(script, "after the crash");
    }

    // Whether the reply came or not, the lease is in the ledger.
    private async Task LeaseInVainAsync(string worker)
    {
        try
        {
            await using var client = await _server.OpenAsync();
            await client.LeaseAsync(worker, 1);
        }
        catch (NpgsqlException)
        {
            // The server died first.
        }
    }

    private async Task SynchronousPromotionAsync()
    {
        await using var standby = await _server.BackUpAsync(asStandby: true);
        await standby.StartAsync();
        await _server.RunAsync("alter system set synchronous_standby_names = '*'");
        await _server.RunAsync("select pg_reload_conf()");
        await using (var look = await _server.OpenAsync())
        {
            while ((await look.RowsAsync("select 1 from pg_stat_replication where sync_state = 'sync'", row => row.GetInt32(0))).Count == 0)
            {
            }
        }

        var acknowledged = new List<(string Key, long Id)>();
        using var enough = new SemaphoreSlim(0);
        var writing = WriteUntilKilledAsync(acknowledged, enough);
        await enough.WaitAsync();
        await _server.KillAsync();
        await writing;
        await standby.PromoteAsync();
        await using (var script = await standby.OpenAsync())
        {
            foreach (var (key, id) in acknowledged)
            {
                Assert.Equal((id, false), await script.RecordAsync("crash", key));
            }

            await TakeAsync(script, "on the promoted standby");
        }

        await File.WriteAllTextAsync(Path.Combine(_server.Folder, "data", "postgresql.auto.conf"), "");
        await _server.StartAsync();
    }

    private async Task WriteUntilKilledAsync(List<(string Key, long Id)> acknowledged, SemaphoreSlim enough)
    {
        try
        {
            await using var script = await _server.OpenAsync();
            while (true)
            {
                var key = NextKey();
                acknowledged.Add((key, (await script.RecordAsync("crash", key)).OrderId));
                Seen.See(acknowledged[^1].Id, "on the primary");
                if (acknowledged.Count == 20)
                {
                    enough.Release();
                }
            }
        }
        catch (NpgsqlException)
        {
            // Killed.
        }
    }

    private async Task AsynchronousPromotionAsync()
    {
        // It has heard nothing since its base backup.
        await using var standby = await _server.BackUpAsync(asStandby: true);
        var held = new List<(long First, long Last)>();
        await using (var script = await _server.OpenAsync())
        {
            await TakeAsync(script, "on the primary, unknown to the standby");
            held.AddRange(await script.LeaseAsync("holder", 3));
        }

        held.ForEach(run => Seen.See(run, "the holder"));
        await _server.KillAsync();
        await standby.StartAsync();
        await standby.PromoteAsync();
        await using (var script = await standby.OpenAsync())
        {
            await TakeAsync(script, "on the promoted standby");
            foreach (var run in held)
            {
                var keeps = await script.RowsAsync(
                    "select eod.keep_order_ids('holder', $1, $2)", row => row.GetBoolean(0), run.First, run.Last);
                Assert.True(keeps.Single(), "the holder keeps what the standby never heard of");
            }

            await TakeAsync(script, "on the promoted standby");
            Assert.All(await script.LedgerAsync(), row => Assert.True(row.Balances, $"{row}"));
        }

        await _server.StartAsync();
    }

    private async Task RestoreAsync()
    {
        await using var past = await _server.BackUpAsync(asStandby: false);
        await TakeAsync(_server, "after the backup", 5);
        await _server.KillAsync();
        await past.StartAsync();
        await TakeAsync(past, "on the restored past", 5);
        await _server.StartAsync();
    }

    private async Task DropAndRecreateAsync()
    {
        await TakeAsync(_server, "before the drop", 5);
        await MakeAnewAsync();
        await ChooseAuthorityAsync();
        await TakeAsync(_server, "after it was made anew", 5);
    }

    private async Task DropAndRecreateClockBackAsync()
    {
        await TakeAsync(_server, "before the drop", 5);
        await MakeAnewAsync();
        await ClockAsync("clock_timestamp() - interval '1 hour'");
        var refused = await Assert.ThrowsAsync<PostgresException>(ChooseAuthorityAsync);
        Assert.Equal(OrderRefusedException.NotSafe, refused.SqlState);
        await ClockAsync("clock_timestamp()");
        await ChooseAuthorityAsync();
        await TakeAsync(_server, "after it was made anew and the clock set right", 5);
    }

    private async Task MakeAnewAsync()
    {
        await _server.RunAsync("drop database eod", "postgres");
        await _server.RunAsync("create database eod", "postgres");
        await _server.MigrateAsync("eod");
    }

    private Task ChooseAuthorityAsync() => _server.RunAsync($"select eod.use_order_authority('{_authority}')");

    private async Task ClockBackAsync()
    {
        await TakeAsync(_server, "before", 5);
        await ClockAsync("clock_timestamp() - interval '1 hour'");
        await _server.RestartAfterKillAsync();
        await TakeAsync(_server, "with the clock an hour back", 5);
        await ClockAsync("clock_timestamp()");
        await _server.RestartAfterKillAsync();
        await TakeAsync(_server, "with the clock right again", 5);
    }

    private Task ClockAsync(string instant) => _server.RunAsync(
        $"create or replace function eod.order_clock() returns timestamptz language sql volatile as $$select {instant}$$");

    private async Task TakeAsync(OrderServer server, string when, int times, string database = "eod")
    {
        await using var script = await server.OpenAsync(database);
        for (var time = 0; time < times; time++)
        {
            await TakeAsync(script, when);
        }
    }

    // One id through each of the three doors.
    private async Task TakeAsync(NpgsqlConnection script, string when)
    {
        Seen.See((await script.RecordAsync("crash", NextKey())).OrderId, when);
        Seen.See(await script.ReserveAsync("crash", NextKey()), when);
        foreach (var run in await script.LeaseAsync("crash", 1))
        {
            Seen.See(run, when);
        }
    }

    private string NextKey() => $"{Interlocked.Increment(ref _keys)}";
}
