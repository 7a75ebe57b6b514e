using System.Text;
using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Availability;

public sealed class PayloadStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Date = new(2026, 11, 20);
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_revision_is_a_new_version_and_overwrites_nothing()
    {
        Assert.Equal(1, await KeepAsync("AAPL", "first"));
        Assert.Equal(2, await KeepAsync("AAPL", "revised"));

        Assert.Equal("first", await ReadAsync("AAPL", 1));
        Assert.Equal("revised", await ReadAsync("AAPL", null));
    }

    [Fact]
    public async Task The_same_body_twice_is_kept_once()
    {
        Assert.Equal(1, await KeepAsync("MSFT", "same"));
        Assert.Null(await KeepAsync("MSFT", "same"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from eod.payload where ticker = 'MSFT'"));
    }

    [Fact]
    public async Task What_was_never_received_reads_as_nothing() => Assert.Null(await ReadAsync("GOOG", null));

    private async Task<int?> KeepAsync(string ticker, string body)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var observation = new Observation
        {
            Dataset = "d", Ticker = ticker, SessionDate = Date, Method = CheckMethod.Get, Outcome = ReplyOutcome.Available, Reason = "there",
            SentAt = Now, FinishedAt = Now,
        };
        var id = await ObservationLog.WriteAsync(connection, observation, CancellationToken.None);
        return await PayloadStore.KeepAsync(connection, "d", ticker, Date, Encoding.UTF8.GetBytes(body), "text/plain", Now, id, CancellationToken.None);
    }

    private async Task<string?> ReadAsync(string ticker, int? version)
    {
        var body = await new PayloadStore(database.DataSource).ReadAsync("d", ticker, Date, version, CancellationToken.None);
        return body is null ? null : Encoding.UTF8.GetString(body);
    }
}
