using System.Diagnostics;
using System.Runtime.InteropServices;
using EodPredict.Tests.Worker;
using Npgsql;
using Xunit.Abstractions;

namespace EodPredict.Tests.Orders;

/// <summary>Millions of ids by many processes in up to four languages that are killed, and whose server is killed: each id is in one file once.</summary>
[Collection(Alone.Name)]
public sealed class OrderIdRunTests(ITestOutputHelper log)
{
    private const int Processes = 16;
    private const int KilledWithin = 16;            // a process is killed within this part of its ids
    private const int KilledExitCode = 128 + 9;
    private const long MostHeld = 1 << 20;
    private const long InUse = 16 * 1024;           // taken by a thread, not yet written, or the rest of a block

    [Fact]
    public Task Sixteen_processes_take_twenty_million_ids() => RunAsync(idsOfEach: 1_250_000, clientKills: 120, serverKills: 8);

    [Fact]
    [Trait("Category", "Long")]
    public Task Sixteen_processes_take_a_hundred_million_ids() => RunAsync(idsOfEach: 6_250_000, clientKills: 500, serverKills: 50);

    private async Task RunAsync(long idsOfEach, int clientKills, int serverKills)
    {
        await using var server = await OrderServer.StartNewAsync();
        var folder = Directory.CreateTempSubdirectory("eod-ids-").FullName;
        var chance = new Random(7);
        var (workers, ofPlace, running, killed) = (new List<OrderIdRun>(), new OrderIdRun[Processes], new Process[Processes], 0);

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

        log.WriteLine($"{killed} kills of clients and {serverKills} of the server");
        Assert.InRange(killed, clientKills * 9 / 10, clientKills);
        await CheckAsync(server, workers, idsOfEach * Processes);
        Directory.Delete(folder, recursive: true);

        async Task KillAsync()
        {
            for (var kill = 1; kill <= clientKills; kill++)
            {
                var place = chance.Next(Processes);
                if (running[place].HasExited)
                {
                    Begin(place);
                }

                await WroteAsync(ofPlace[place], running[place], chance.NextInt64(idsOfEach / KilledWithin));
                running[place].Kill();
                await running[place].WaitForExitAsync();
                killed += running[place].ExitCode == KilledExitCode ? 1 : 0;
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

    private async Task CheckAsync(OrderServer server, List<OrderIdRun> workers, long atLeast)
    {
        var (blocks, seen, all) = (new Dictionary<long, ulong[]>(), new Dictionary<string, long>(), 0L);
        foreach (var worker in workers)
        {
            // A killed process may have left half an id.
            var bytes = File.Exists(worker.File) ? await File.ReadAllBytesAsync(worker.File) : [];
            var ids = MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, bytes.Length / sizeof(long) * sizeof(long))).ToArray();
            MarkAll(blocks, ids, worker.Worker);

            seen.Add(worker.Worker, ids.Length);
            all += ids.Length;
        }

        await using var look = await server.OpenAsync();
        var leases = await LeasesAsync(look);
        var most = new Dictionary<string, long>();
        foreach (var row in await look.LedgerAsync())
        {
            Assert.True(row.Balances, $"{row}");
            if (row.Worker == "")
            {
                continue;
            }

            // A script has one lease in hand.
            var language = row.Worker[..row.Worker.IndexOf(' ', StringComparison.Ordinal)];
            var held = language == "C#" ? MostHeld + InUse : IdTaker.Blocks * 1024L;
            var wasted = row.Issued - seen[row.Worker] - Lost(leases[row.Worker], blocks);
            Assert.True(wasted >= 0 && wasted <= held, $"{row.Worker} had {row.Issued} ids, wrote {seen[row.Worker]}, and {wasted} are in no lost lease");
            most[language] = Math.Max(wasted, most.GetValueOrDefault(language));
        }

        log.WriteLine($"{workers.Count} processes took {all} ids, none twice; {leases.Sum(those => Lost(those, blocks))} ids in leases lost with their reply");
        log.WriteLine($"the most wasted by one process: {string.Join(", ", most.Select(language => $"{language.Key} {language.Value}"))}");
        Assert.True(all >= atLeast, $"{all} ids were seen");
        Assert.Equal(blocks.Count, leases.Sum(those => those.Sum(lease => lease.Blocks.Count(blocks.ContainsKey))));
    }

    // The leases of each worker in their order, a row a statement.
    private static async Task<ILookup<string, (long Epoch, List<long> Blocks)>> LeasesAsync(NpgsqlConnection look)
    {
        var rows = await look.RowsAsync(
            "select worker, xmin::text, epoch, first_block, last_block from eod.order_lease order by leased_at",
            row => (Worker: row.GetString(0), Statement: row.GetString(1), Epoch: row.GetInt64(2), First: row.GetInt64(3), Last: row.GetInt64(4)));
        return rows
            .GroupBy(row => (row.Worker, row.Statement, row.Epoch))
            .ToLookup(
                lease => lease.Key.Worker,
                lease => (lease.Key.Epoch, lease.SelectMany(row => Enumerable.Range(0, (int)(row.Last - row.First + 1)).Select(block => row.First + block)).ToList()));
    }

    // Ids whose lease was committed while its reply was lost with the server: the worker's last lease of an epoch, unused, and followed by
    // another one. A worker that is killed before it has leased again had no more in hand than without that.
    private static long Lost(IEnumerable<(long Epoch, List<long> Blocks)> leases, Dictionary<long, ulong[]> used) =>
        leases.Zip(leases.Skip(1))
            .Where(pair => pair.First.Epoch != pair.Second.Epoch && !pair.First.Blocks.Exists(used.ContainsKey))
            .Sum(pair => pair.First.Blocks.Count * 1024L);

    // Ids come in runs, so a block is looked up once a run.
    private static void MarkAll(Dictionary<long, ulong[]> blocks, long[] ids, string worker)
    {
        var (block, bits) = (-1L, Array.Empty<ulong>());
        foreach (var id in ids)
        {
            var offset = id - (1L << 51);
            if (offset >> 10 != block)
            {
                block = offset >> 10;
                bits = CollectionsMarshal.GetValueRefOrAddDefault(blocks, block, out _) ??= new ulong[16];
            }

            ref var word = ref bits[(offset >> 6) & 15];
            var bit = 1UL << (int)(offset & 63);
            if ((word & bit) != 0)
            {
                Assert.Fail($"{id} was seen twice, the second time by {worker}");
            }

            word |= bit;
        }
    }
}
