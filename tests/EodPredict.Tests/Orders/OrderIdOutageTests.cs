using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>An allocator while its server is away.</summary>
public sealed class OrderIdOutageTests
{
    [Fact]
    public async Task It_goes_on_while_the_server_is_away_says_so_when_all_is_used_and_comes_back_with_it()
    {
        await using var server = await OrderServer.StartNewAsync();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        var store = new OrderStore(source);
        await using var allocator = await OrderIdAllocator.OpenAsync(
            store, new OrderIdAllocatorOptions { Worker = "enduring", Patience = TimeSpan.FromSeconds(1) }, TestTime.Wall, CancellationToken.None);
        var ids = new HashSet<long>();
        for (var id = 0; id < 10_000; id++)
        {
            Assert.True(ids.Add(Next(allocator)));
        }

        await server.KillAsync();
        Assert.InRange(allocator.Held, 1, new OrderIdAllocatorOptions { Worker = "" }.MostHeld);
        Assert.NotNull(UseUp(allocator, ids).InnerException);

        var epoch = allocator.From.Epoch;
        await server.StartAsync();
        while (allocator.From.Epoch == epoch)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestTime.Wall);
        }

        for (var id = 0; id < 10_000; id++)
        {
            Assert.True(ids.Add(Next(allocator)));
        }

        var row = (await store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "enduring");
        Assert.True(row.Issued >= ids.Count);
    }

    // On a busy machine even a server that is there may take longer than this patience.
    private static long Next(OrderIdAllocator allocator)
    {
        while (true)
        {
            try
            {
                return allocator.Next();
            }
            catch (OrderIdsUnavailableException)
            {
                // Asked again.
            }
        }
    }

    private static OrderIdsUnavailableException UseUp(OrderIdAllocator allocator, HashSet<long> ids)
    {
        while (true)
        {
            try
            {
                foreach (var run in allocator.NextRange(Math.Max(1, allocator.Held)))
                {
                    for (var id = run.First; id <= run.Last; id++)
                    {
                        Assert.True(ids.Add(id));
                    }
                }
            }
            catch (OrderIdsUnavailableException unavailable)
            {
                return unavailable;
            }
        }
    }
}
