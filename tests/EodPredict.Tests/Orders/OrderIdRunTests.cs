using System.Diagnostics;
using System.Runtime.InteropServices;
using EodPredict.Tests.Worker;

namespace EodPredict.Tests.Orders;

/// <summary>Millions of ids by many processes in up to four languages that are killed, and whose server is killed: each id is in one file once.</summary>
[Collection(Alone.Name)]
public sealed class OrderIdRunTests
{
    private const int Processes = 16;
    private const int KilledWithin = 16;            // a process is killed within this part of its ids
    private const long MostHeld = 1 << 20;

    [Fact]
    public Task Sixteen_processes_take_twenty_million_ids() => RunAsync(idsOfEach: 1_250_000, clientKills: 120, serverKills: 8);

    [Fact]
    [Trait("Category", "Long")]
    public Task Sixteen_processes_take_a_hundred_million_ids() => RunAsync(idsOfEach: 6_250_000, clientKills: 500, serverKills: 50);

    private static async Task RunAsync(long idsOfEach, int clientKills, int serverKills)
    {
        await using var server = await OrderServer.StartNewAsync();
        var folder = Directory.CreateTempSubdirectory("eod-ids-").FullName;
        var chance = new Random(7);
        var (workers, ofPlace, running) = (new List<OrderIdRun>(), new OrderIdRun[Processes], new Process[Processes]);

        // A language keeps its places: a killed process is followed by another one of its own, so that all the while sixteen run.
        void Begin(int place)
        {
            var taker = IdTaker.Here[place % IdTaker.Here.Count];
            var name = $"{taker.Language} {workers.Count}";
            workers.Add(new OrderIdRun(server.ConnectionString(), name, Path.Combine(folder, $"{workers.Count}"), idsOfEach, MostHeld));
            running[place] = taker.Start(workers[^1], server);
            ofPlace[place] = workers[^1];
        }

        try
        {
            for (var place = 0; place < Processes; place++)
            {
                Begin(place);
            }

            await KillAsync();
            await Task.WhenAll(running.Select(process => process.WaitForExitAsync()));
        }
        finally
        {
            foreach (var process in running.OfType<Process>())
            {
                process.Kill();
                process.Dispose();
            }
        }

        await CheckAsync(server, workers, idsOfEach * Processes, serverKills);
        Directory.Delete(folder, recursive: true);

        async Task KillAsync()
        {
            for (var kill = 1; kill <= clientKills; kill++)
            {
                var place = chance.Next(Processes);
                await WroteAsync(ofPlace[place], running[place], chance.NextInt64(idsOfEach / KilledWithin));
                running[place].Kill();
                Begin(place);
                if (kill % (clientKills / serverKills) == 0)
                {
                    await server.RestartAfterKillAsync();
                }
            }
        }
    }

    private static async Task WroteAsync(OrderIdRun run, Process process, long ids)
    {
        while (!process.HasExited && (!File.Exists(run.File) || new FileInfo(run.File).Length < ids * sizeof(long)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TestTime.Wall);
        }
    }

    private static async Task CheckAsync(OrderServer server, List<OrderIdRun> workers, long atLeast, int serverKills)
    {
        var (blocks, all) = (new Dictionary<long, ulong[]>(), 0L);
        await using var look = await server.OpenAsync();
        var ledger = (await look.LedgerAsync()).ToDictionary(row => row.Worker);
        foreach (var worker in workers)
        {
            // A killed process may have left half an id.
            var bytes = File.Exists(worker.File) ? await File.ReadAllBytesAsync(worker.File) : [];
            var ids = MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, bytes.Length / sizeof(long) * sizeof(long))).ToArray();
            foreach (var id in ids)
            {
                Assert.True(Mark(blocks, id), $"{id} was seen twice, the second time by {worker.Worker}");
            }

            all += ids.Length;
            if (ids.Length > 0)
            {
                var row = ledger[worker.Worker];
                Assert.True(row.Balances, $"{row}");
                Assert.InRange(row.Issued - ids.Length, 0, MostWasted(worker, serverKills));
            }
        }

        Assert.True(all >= atLeast, $"{all} ids were seen");
        var leased = await look.RowsAsync("select first_block, last_block from eod.order_lease", row => (First: row.GetInt64(0), Last: row.GetInt64(1)));
        var inLeases = leased.Sum(lease => Enumerable.Range(0, (int)(lease.Last - lease.First + 1)).Count(block => blocks.ContainsKey(lease.First + block)));
        Assert.Equal(blocks.Count, inLeases);
    }

    // What was in hand, and at each of the server's deaths a lease whose reply it took with it. A script has one lease in hand.
    private static long MostWasted(OrderIdRun worker, int serverKills) =>
        worker.Worker.StartsWith("C#", StringComparison.Ordinal)
            ? ((1 + serverKills) * MostHeld) + (64 * 1024)
            : (1 + serverKills) * IdTaker.Blocks * 1024L;

    private static bool Mark(Dictionary<long, ulong[]> blocks, long id)
    {
        var offset = id - (1L << 51);
        ref var bits = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, offset >> 10, out _);
        bits ??= new ulong[16];
        ref var word = ref bits[(offset >> 6) & 15];
        var bit = 1UL << (int)(offset & 63);
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
