using EodPredict.Availability;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Availability;

public sealed class ProviderHoldsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Refusals_of_one_congestion_lengthen_nothing()
    {
        var first = await ThrottledAsync("one", Now, null);
        Assert.Equal(first, await ThrottledAsync("one", Now.AddSeconds(1), null));
        Assert.Equal(TimeSpan.FromSeconds(30), first - Now);
    }

    [Fact]
    public async Task Each_congestion_in_a_row_holds_twice_as_long_up_to_an_hour()
    {
        var now = Now;
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            var until = await ThrottledAsync("row", now, null);
            waits.Add(until - now);
            now = until;
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600], waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task The_wait_that_was_asked_for_is_the_least() =>
        Assert.Equal(TimeSpan.FromMinutes(20), await ThrottledAsync("asked", Now, TimeSpan.FromMinutes(20)) - Now);

    [Fact]
    public async Task An_answer_after_the_hold_forgets_it()
    {
        var until = await ThrottledAsync("answered", Now, null);
        Assert.NotNull(await new ProviderHolds(database.DataSource).FindAsync("answered", Now, CancellationToken.None));
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await ProviderHolds.AnsweredAsync(connection, "answered", until, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(30), await ThrottledAsync("answered", until, null) - until);
    }

    private async Task<DateTimeOffset> ThrottledAsync(string provider, DateTimeOffset now, TimeSpan? retryAfter)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        return await ProviderHolds.ThrottledAsync(connection, provider, now, retryAfter, "patience", CancellationToken.None);
    }
}
