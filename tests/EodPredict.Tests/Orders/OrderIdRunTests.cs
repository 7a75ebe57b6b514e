using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using EodPredict.Tests.Worker;

namespace EodPredict.Tests.Orders;

/// <summary>Millions of ids by many processes that are killed, and whose server is killed: each id is in one file once.</summary>
[Collection(Alone.Name)]
public sealed class OrderIdRunTests
{
    private const long MostHeld = 1 << 20;

    [Fact]
    public Task Sixteen_processes_take_twenty_million_ids() => RunAsync(idsOfEach: 1_250_000, clientKills: 8, serverKills: 2);

    [Fact]
    [Trait("Category", "Long")]
    public Task Sixteen_processes_take_a_hundred_million_ids() => RunAsync(idsOfEach: 6_250_000, clientKills: 500, serverKills: 50);

    private static async Task RunAsync(long idsOfEach, int clientKills, int serverKills)
    {
        await using var server = await OrderServer.StartNewAsync();
        var folder = Directory.CreateTempSubdirectory("eod-ids-").FullName;
        var chance = new Random(7);
        var (workers, running) = (new List<OrderIdRun>(), new List<Process>());

        void Begin()
        {
            var name = $"worker{workers.Count}";
            workers.Add(new OrderIdRun(server.ConnectionString(), name, Path.Combine(folder, name), idsOfEach, MostHeld));
            running.Add(Start(workers[^1]));
        }

        // A killed process is followed by another one, so that all the while sixteen run.
        for (var process = 0; process < 16; process++)
        {
            Begin();
        }

        for (var kill = 1; kill <= clientKills; kill++)
        {
            var victim = chance.Next(running.Count);
            await WroteAsync(workers[victim], running[victim], chance.NextInt64(idsOfEach));
            running[victim].Kill();
            Begin();
            if (kill % (clientKills / serverKills) == 0)
            {
                await server.RestartAfterKillAsync();
            }
        }

        foreach (var process in running)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await CheckAsync(server, workers, idsOfEach * 16);
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(OrderIdRun run) => Process.Start(new ProcessStartInfo("dotnet", [typeof(OrderIdRun).Assembly.Location])
    {
        Environment = { [OrderIdRun.Variable] = JsonSerializer.Serialize(run) },
    })!;

    private static async Task WroteAsync(OrderIdRun run, Process process, long ids)
    {
        while (!process.HasExited && (!File.Exists(run.File) || new FileInfo(run.File).Length < ids * sizeof(long)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TestTime.Wall);
        }
    }

    private static async Task CheckAsync(OrderServer server, List<OrderIdRun> workers, long atLeast)
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
                Assert.InRange(row.Issued - ids.Length, 0, MostHeld + (64 * 1024));
            }
        }

        Assert.True(all >= atLeast, $"{all} ids were seen");
        var leased = await look.RowsAsync("select first_block, last_block from eod.order_lease", row => (First: row.GetInt64(0), Last: row.GetInt64(1)));
        var inLeases = leased.Sum(lease => Enumerable.Range(0, (int)(lease.Last - lease.First + 1)).Count(block => blocks.ContainsKey(lease.First + block)));
        Assert.Equal(blocks.Count, inLeases);
    }

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
