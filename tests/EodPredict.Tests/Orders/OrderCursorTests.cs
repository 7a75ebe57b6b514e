using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>Reading on from a cursor misses nothing and repeats nothing, in whatever order transactions commit.</summary>
public sealed class OrderCursorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_reader_beside_many_writers_sees_every_order_once()
    {
        await using var reader = await database.DataSource.OpenConnectionAsync();
        var (_, start) = await ReadOnAsync(reader, "", 0);
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(WriteAsync));
        var read = new List<long>();
        var cursor = start;
        while (!writing.IsCompleted)
        {
            var (ids, next) = await reader.SinceAsync(cursor, 5);
            read.AddRange(ids);
            cursor = next;
        }

        var written = (await writing).SelectMany(ids => ids).Order().ToList();
        read.AddRange((await ReadOnAsync(reader, cursor, written.Count - read.Count)).OrderIds);
        Assert.Equal(written, read.Order());
    }

    [Fact]
    public async Task An_earlier_id_that_commits_later_is_not_skipped()
    {
        await using var slow = await database.DataSource.OpenConnectionAsync();
        await using var fast = await database.DataSource.OpenConnectionAsync();
        var (first, _) = await fast.RecordAsync("order of commits", "first");
        var start = await ReadPastAsync(fast, first);

        await using var transaction = await slow.BeginTransactionAsync();
        var (early, _) = await slow.RecordAsync("order of commits", "early");
        var (late, _) = await fast.RecordAsync("order of commits", "late");
        Assert.True(early < late);

        // Held back: what commits next may come before it.
        var (before, cursor) = await fast.SinceAsync(start);
        Assert.Empty(before);
        await transaction.CommitAsync();
        Assert.Equal([early, late], (await ReadOnAsync(fast, cursor, 2)).OrderIds);
    }

    [Fact]
    public async Task A_reserved_order_appears_when_it_is_recorded()
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        var start = await ReadPastAsync(script, (await script.RecordAsync("reader", "first")).OrderId);
        var reserved = await script.ReserveAsync("reader", "reserved");
        var (direct, _) = await script.RecordAsync("reader", "direct");
        await script.RecordAsync("reader", "reserved", """{"filled":true}""");

        Assert.Equal([direct, reserved], (await ReadOnAsync(script, start, 2)).OrderIds);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1:2")]
    [InlineData("1:2:3; drop table eod.orders")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        Assert.Equal("OR005", (await Assert.ThrowsAsync<PostgresException>(() => script.SinceAsync(cursor))).SqlState);
    }

    // Each writer keeps some transactions open while others commit, and takes some back.
    private async Task<List<long>> WriteAsync(int writer)
    {
        await using var script = await database.DataSource.OpenConnectionAsync();
        var committed = new List<long>();
        for (var order = 0; order < 40; order++)
        {
            await using var transaction = await script.BeginTransactionAsync();
            var (id, _) = await script.RecordAsync($"writer{writer}", $"k{order}");
            await script.RunAsync("select");
            if (order % 7 == 3)
            {
                await transaction.RollbackAsync();
                continue;
            }

            await transaction.CommitAsync();
            committed.Add(id);
        }

        return committed;
    }

    // A transaction of another database of the server holds orders back too, for as long as it runs.
    private static async Task<(List<long> OrderIds, string Cursor)> ReadOnAsync(NpgsqlConnection reader, string cursor, int atLeast)
    {
        var read = new List<long>();
        while (true)
        {
            var (ids, next) = await reader.SinceAsync(cursor, 5);
            read.AddRange(ids);
            cursor = next;
            if (ids.Count == 0 && read.Count >= atLeast)
            {
                return (read, cursor);
            }
        }
    }

    private static async Task<string> ReadPastAsync(NpgsqlConnection reader, long orderId)
    {
        var cursor = "";
        while (true)
        {
            var (ids, next) = await reader.SinceAsync(cursor, 1);
            cursor = next;
            if (ids.Contains(orderId))
            {
                return cursor;
            }
        }
    }
}
