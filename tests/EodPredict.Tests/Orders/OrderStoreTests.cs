using EodPredict.Database;
using EodPredict.Orders;
using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

public sealed class OrderStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly OrderStore _store = new(database.DataSource);

    [Fact]
    public async Task A_batch_may_be_repeated_and_may_overlap_another()
    {
        Assert.Equal(new OrderCounts(100, 0), await _store.RecordBatchAsync("batch", Orders(0, 100), CancellationToken.None));
        Assert.Equal(new OrderCounts(0, 100), await _store.RecordBatchAsync("batch", Orders(0, 100), CancellationToken.None));
        Assert.Equal(new OrderCounts(50, 50), await _store.RecordBatchAsync("batch", Orders(50, 100), CancellationToken.None));
        var row = (await _store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "batch");
        Assert.Equal(new OrderLedgerRow("batch", 150, 150, 0, 0, 0), row);
    }

    [Fact]
    public async Task A_batch_with_one_refused_order_records_none()
    {
        await _store.RecordAsync("refused", new NewOrder("k5", """{"other":true}"""), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<OrderRefusedException>(
            () => _store.RecordBatchAsync("refused", Orders(0, 10), CancellationToken.None));
        Assert.Equal(OrderRefusedException.OtherPayload, refused.SqlState);
        Assert.Contains("k5", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "refused").Used);
    }

    [Fact]
    public async Task A_batch_fills_what_was_reserved_and_uses_what_was_leased()
    {
        var reserved = await _store.ReserveAsync("mixed", "k0", CancellationToken.None);
        var leased = (await _store.LeaseAsync("mixed lease", 1, CancellationToken.None)).Ranges[0];
        var orders = Orders(0, 3).Select((order, index) => index == 1 ? order with { OrderId = leased.First } : order).ToList();
        Assert.Equal(new OrderCounts(3, 0), await _store.RecordBatchAsync("mixed", orders, CancellationToken.None));
        Assert.Equal((reserved, false), await _store.RecordAsync("mixed", orders[0], CancellationToken.None));
        Assert.Equal((leased.First, false), await _store.RecordAsync("mixed", orders[1], CancellationToken.None));

        var ledger = (await _store.LedgerAsync(CancellationToken.None)).ToDictionary(row => row.Worker);
        Assert.Equal(new OrderLedgerRow("mixed", 2, 2, 0, 0, 0), ledger["mixed"]);
        Assert.Equal(new OrderLedgerRow("mixed lease", 1024, 1, 0, 1023, 0), ledger["mixed lease"]);

        foreach (var (id, state) in new[] { (leased.First, OrderRefusedException.IdTaken), (5L, OrderRefusedException.NotLeased) })
        {
            var refused = await Assert.ThrowsAsync<OrderRefusedException>(
                () => _store.RecordBatchAsync("mixed", [new NewOrder("another", "{}", id)], CancellationToken.None));
            Assert.Equal(state, refused.SqlState);
        }
    }

    [Fact]
    public async Task Batches_of_the_same_keys_at_the_same_time_record_each_key_once()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => _store.RecordBatchAsync("together", Orders(0, 500), CancellationToken.None)));
        Assert.Equal(500, counts.Sum(count => count.Created));
        Assert.Equal(1500, counts.Sum(count => count.Known));
    }

    // Batches are inserted in parts of some ten thousand; what is known is met in the last of them.
    // The owner of the history copies into it; who may only call functions stages.
    [Theory]
    [InlineData(OrderAuthority.Sequence, true)]
    [InlineData(OrderAuthority.Counter, true)]
    [InlineData(OrderAuthority.Sequence, false)]
    [InlineData(OrderAuthority.Counter, false)]
    public async Task A_batch_of_many_parts_may_end_with_orders_that_are_known(OrderAuthority authority, bool byOwner)
    {
        const int Many = 30_000;
        var connection = await TestServer.NewDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(connection);
        await new OrderStore(owner).UseAsync(authority, CancellationToken.None);
        await using var script = NpgsqlDataSource.Create(await ScriptAsync(owner, connection));
        var store = new OrderStore(byOwner ? owner : script);
        var last = Orders(Many - 3, 3).ToList();
        var before = await store.ReserveAsync("parts", last[0].ClientKey, CancellationToken.None);
        Assert.Equal(new OrderCounts(2, 0), await store.RecordBatchAsync("parts", last[1..], CancellationToken.None));
        var orders = Orders(0, Many).Append(last[2]).ToList();
        Assert.Equal(new OrderCounts(Many - 2, 3), await store.RecordBatchAsync("parts", orders, CancellationToken.None));
        Assert.Equal(new OrderCounts(0, Many + 1), await store.RecordBatchAsync("parts", orders, CancellationToken.None));
        Assert.Equal((before, false), await store.RecordAsync("parts", last[0], CancellationToken.None));

        // The owner had leased whole blocks for the last part before it met what was known.
        const int InVain = (Many + 1) % 8192 / 1024 * 1024;
        var row = (await store.LedgerAsync(CancellationToken.None)).Single(row => row.Worker == "parts");
        Assert.Equal(new OrderLedgerRow("parts", Many + (byOwner ? InVain : 0), Many, 0, 0, byOwner ? InVain : 0), row);
        var refused = await Assert.ThrowsAsync<OrderRefusedException>(
            () => store.RecordBatchAsync("parts", orders.Append(new NewOrder("k7", """{"other":true}""")), CancellationToken.None));
        Assert.Equal(OrderRefusedException.OtherPayload, refused.SqlState);
    }

    [Fact]
    public async Task What_was_recorded_is_read_in_pages()
    {
        var (first, _) = await _store.RecordAsync("pages", new NewOrder("k", """{"a":1}"""), CancellationToken.None);
        var (cursor, found) = ("", (RecordedOrder?)null);
        while (found is null)
        {
            var page = await _store.SinceAsync(cursor, 10, CancellationToken.None);
            found = page.FirstOrDefault(order => order.OrderId == first);
            cursor = page is [.., var last] ? last.NextCursor : cursor;
        }

        Assert.Equal(("pages", "k", """{"a": 1}"""), (found.Source, found.ClientKey, found.Payload));
        var refused = await Assert.ThrowsAsync<OrderRefusedException>(() => _store.SinceAsync("x", 10, CancellationToken.None));
        Assert.Equal(OrderRefusedException.BadCursor, refused.SqlState);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_may_use_ids_of_many_leases_beside_new_ones(bool byOwner)
    {
        const int Many = 20_000;
        var connection = await TestServer.NewDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(connection);
        await using var script = NpgsqlDataSource.Create(await ScriptAsync(owner, connection));
        var store = new OrderStore(byOwner ? owner : script);
        var leased = new List<long>();
        foreach (var worker in new[] { "one", "two", "one", "three" })
        {
            var lease = await store.LeaseAsync(worker, 2, CancellationToken.None);
            leased.AddRange(lease.Ranges.SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(id => range.First + id)));
        }

        // From the ends inwards, every other order: so that leases take turns in each part.
        var orders = Orders(0, Many).Select((order, index) => index % 2 == 0 && index / 2 < leased.Count
            ? order with { OrderId = leased[index / 2 % 2 == 0 ? index / 4 : leased.Count - 1 - index / 4] } : order).ToList();
        Assert.Equal(new OrderCounts(Many, 0), await store.RecordBatchAsync("leases", orders, CancellationToken.None));
        var ledger = (await store.LedgerAsync(CancellationToken.None)).ToDictionary(row => row.Worker);
        Assert.Equal(new OrderLedgerRow("one", 4096, 4096, 0, 0, 0), ledger["one"]);
        Assert.Equal(new OrderLedgerRow("three", 2048, 2048, 0, 0, 0), ledger["three"]);
        Assert.Equal(new OrderLedgerRow("leases", Many - leased.Count, Many - leased.Count, 0, 0, 0), ledger["leases"]);
    }

    private static async Task<string> ScriptAsync(NpgsqlDataSource owner, string connection)
    {
        await owner.Sql("""
            do $$ begin create role eod_desk_of_a_test login; exception when duplicate_object or unique_violation then null; end $$;
            grant eod_script to eod_desk_of_a_test
            """).RunAsync(CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(connection) { Username = "eod_desk_of_a_test" }.ConnectionString;
    }

    private static IEnumerable<NewOrder> Orders(int from, int count) =>
        Enumerable.Range(from, count).Select(number => new NewOrder($"k{number}", $$"""{"number":{{number}}}"""));
}
