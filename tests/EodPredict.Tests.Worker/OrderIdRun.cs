using System.Runtime.InteropServices;
using System.Text.Json;
using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Tests.Worker;

/// <summary>A process that takes order ids and writes each into a file, eight bytes an id. What is in the file, the world has seen.</summary>
/// <param name="ConnectionString">The database.</param>
/// <param name="Worker">Its name in the ledger.</param>
/// <param name="File">Where it writes; made anew.</param>
/// <param name="Ids">How many it takes.</param>
/// <param name="MostHeld">The most ids in hand, and so the most that its end wastes.</param>
internal sealed record OrderIdRun(string ConnectionString, string Worker, string File, long Ids, long MostHeld)
{
    /// <summary>The environment variable in which such a process finds its run, as JSON.</summary>
    public const string Variable = "EOD_TEST_ORDER_IDS";

    private const int IdsAWrite = 4096;

    public static OrderIdRun? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { } json ? JsonSerializer.Deserialize<OrderIdRun>(json) : null;

    public async Task RunAsync()
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var allocator = await OpenAsync(new OrderStore(database));
        await using var file = new FileStream(File, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var ids = new long[IdsAWrite];
        for (var left = Ids; left > 0; left -= ids.Length)
        {
            for (var id = 0; id < ids.Length; id++)
            {
                ids[id] = allocator.Next();
            }

            file.Write(MemoryMarshal.AsBytes<long>(ids));
        }
    }

    private async Task<OrderIdAllocator> OpenAsync(OrderStore store)
    {
        while (true)
        {
            try
            {
                return await OrderIdAllocator.OpenAsync(
                    store, new OrderIdAllocatorOptions { Worker = Worker, MostHeld = MostHeld }, WorkerTime.Wall, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The server is being restarted by a test.
                await Task.Delay(TimeSpan.FromMilliseconds(50), WorkerTime.Wall);
            }
        }
    }
}
