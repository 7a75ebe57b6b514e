using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Availability;

public sealed class CheckExchangeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Close = new(2026, 1, 30, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_a_signal_said_alone_counts_once_its_yes_proved_right()
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var session = Session("alone") with { LastNotYetAt = Close.AddMinutes(15), LastNoAt = Close.AddMinutes(40) };
        foreach (var minutes in new[] { 10, 20, 30, 40 })
        {
            await ObservationLog.WriteAsync(
                connection, Observed("alone", CheckMethod.Head, ReplyOutcome.NotYet, Close.AddMinutes(minutes)), CancellationToken.None);
        }

        await Exchange("alone", ReplyOutcome.Available, ReplyOutcome.Available).LearnAsync(connection, session, CancellationToken.None);

        // The first no came before the last GET, which judged it.
        Assert.Equal("1 0 0 3", await TrustAsync("alone"));
    }

    [Theory]
    [InlineData(ReplyOutcome.Available, ReplyOutcome.NotYet, "0 1 0 0")]
    [InlineData(ReplyOutcome.NotYet, ReplyOutcome.Available, "0 0 1 0")]
    [InlineData(ReplyOutcome.Stale, ReplyOutcome.Partial, "0 0 0 1")]
    [InlineData(ReplyOutcome.Broken, ReplyOutcome.Available, null)]
    public async Task A_signal_is_judged_by_the_GET_beside_it(ReplyOutcome signal, ReplyOutcome get, string? trust)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var dataset = $"{signal}-{get}";

        await Exchange(dataset, signal, get).LearnAsync(connection, Session(dataset), CancellationToken.None);

        Assert.Equal(trust, await TrustAsync(dataset));
    }

    private async Task<string?> TrustAsync(string dataset) => await database.ScalarAsync<string?>(
        "select (select concat_ws(' ', yes_and_there, yes_not_there, no_and_there, no_not_there) from eod.signal_trust where dataset = $1)", dataset);

    private static CheckExchange Exchange(string dataset, ReplyOutcome signal, ReplyOutcome get) => new()
    {
        Signal = Observed(dataset, CheckMethod.Head, signal, Close.AddMinutes(60)),
        Get = new ProviderReply(Observed(dataset, CheckMethod.Get, get, Close.AddMinutes(60)), default, null),
    };

    private static OpenSession Session(string dataset) => new()
    {
        Id = 1, Dataset = dataset, Ticker = "T", SessionDate = new DateOnly(2026, 1, 30), Close = Close, Method = CheckMethod.Head,
    };

    private static Observation Observed(string dataset, CheckMethod method, ReplyOutcome outcome, DateTimeOffset at) => new()
    {
        Dataset = dataset, Ticker = "T", SessionDate = new DateOnly(2026, 1, 30), Method = method, Outcome = outcome, Reason = "why",
        SentAt = at, FinishedAt = at.AddSeconds(1),
    };
}
