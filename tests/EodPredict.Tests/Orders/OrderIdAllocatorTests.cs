using EodPredict.Orders;
using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

public sealed class OrderIdAllocatorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly OrderStore _store = new(database.DataSource);

    [Fact]
    public async Task Threads_and_processes_share_no_id()
    {
        await using var first = await OpenAsync("first");
        await using var second = await OpenAsync("second");
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            var allocator = thread % 2 == 0 ? first : second;
            var taken = new List<long>();
            for (var round = 0; round < 20_000; round++)
            {
                taken.Add(allocator.Next());
                if (round % 1000 == 0)
                {
                    taken.AddRange(allocator.NextRange(300).SelectMany(run => Enumerable.Range(0, (int)run.Count).Select(i => run.First + i)));
                }
            }

            return taken;
        })));

        var all = ids.SelectMany(taken => taken).ToList();
        Assert.Equal(8 * 26_000, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, id => Assert.InRange(id, 1L << 51, (1L << 53) - 1));
    }

    [Fact]
    public async Task Every_id_given_out_lies_in_a_lease_and_may_be_recorded()
    {
        await using var allocator = await OpenAsync("recording");
        var orders = Enumerable.Range(0, 3000).Select(number => new NewOrder($"k{number}", "{}", allocator.Next())).ToList();
        Assert.Equal(new OrderCounts(3000, 0), await _store.RecordBatchAsync("allocated", orders, CancellationToken.None));
        Assert.Equal(3000, (await _store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "recording").Used);
    }

    [Fact]
    public async Task Disposed_of_it_abandons_what_it_did_not_give_out()
    {
        var allocator = await OpenAsync("ending");
        await _store.RecordAsync("ending", new NewOrder("k", "{}", allocator.Next()), CancellationToken.None);
        await allocator.DisposeAsync();
        var row = (await _store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "ending");
        Assert.Equal((1, 0, row.Issued - 1), (row.Used, row.LeasedUnused, row.Abandoned));
    }

    [Fact]
    public async Task A_thread_may_go_from_one_allocator_to_another_and_back_without_waste()
    {
        await using var first = await OpenAsync("to");
        await using var second = await OpenAsync("fro");
        var (before, ids) = (first.Held + second.Held, new HashSet<long>());
        for (var round = 0; round < 100; round++)
        {
            Assert.True(ids.Add(first.Next()));
            Assert.True(ids.Add(second.Next()));
        }

        first.NextRange(1);
        Assert.True(first.Held + second.Held >= before - 200 - (2 * 256), $"{first.Held} and {second.Held} of {before} are left");
    }

    [Fact]
    public async Task One_database_has_one_allocator_whatever_leads_to_it()
    {
        await using var allocators = new OrderIdAllocators(TestTime.Wall);
        await using var again = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "by another string" }.ConnectionString);
        await using var another = NpgsqlDataSource.Create(await TestServer.NewDatabaseAsync());
        var options = new OrderIdAllocatorOptions { Worker = "cached" };

        var first = await allocators.GetAsync(_store, options, CancellationToken.None);
        Assert.Same(first, await allocators.GetAsync(new OrderStore(again), options, CancellationToken.None));
        Assert.NotSame(first, await allocators.GetAsync(new OrderStore(another), options, CancellationToken.None));
    }

    [Fact]
    public async Task What_the_database_no_longer_knows_as_ours_is_dropped()
    {
        await using var source = NpgsqlDataSource.Create(await TestServer.NewDatabaseAsync());
        var store = new OrderStore(source);
        await using var allocator = await OrderIdAllocator.OpenAsync(
            store, new OrderIdAllocatorOptions { Worker = "dropping", Endurance = TimeSpan.Zero }, TestTime.Wall, CancellationToken.None);
        var before = allocator.NextRange(100);

        // The lease was lost with the last moments of a primary, and somebody else has restored its ids as theirs.
        await using var owner = await source.OpenConnectionAsync();
        await owner.RunAsync("""
            alter table eod.order_lease disable trigger user;
            update eod.order_lease set worker = 'somebody else';
            alter table eod.order_lease enable trigger user;
            truncate eod.order_fence
            """);
        var epoch = allocator.From.Epoch;
        while (allocator.From.Epoch == epoch)
        {
            allocator.NextRange(1);
        }

        var after = allocator.NextRange(1024);
        Assert.All(after, run => Assert.True(run.First > before[^1].Last + 1024));
    }

    private Task<OrderIdAllocator> OpenAsync(string worker) =>
        OrderIdAllocator.OpenAsync(_store, new OrderIdAllocatorOptions { Worker = worker }, TestTime.Wall, CancellationToken.None);
}
