using EodPredict.Providers;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Providers;

public sealed class ObservationLogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Session = new(2026, 1, 30);
    private static readonly DateTimeOffset Close = new(2026, 1, 30, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_row_holds_what_was_observed()
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var id = await ObservationLog.WriteAsync(
            connection,
            Observed("d", "T", Session, CheckMethod.Get, ReplyOutcome.NotYet, Close.AddHours(1).ToOffset(TimeSpan.FromHours(2))) with
            {
                Status = 404,
                ContentLength = 12,
                EntityTag = "\"a\"",
                LastModified = Close,
                DataDate = Session.AddDays(-1),
                RetryAfter = TimeSpan.FromSeconds(90),
            },
            CancellationToken.None);
        Assert.Equal(
            "d|T|2026-01-30|GET|not_yet|why|2026-01-30 22:00:00+00|404|12|\"a\"|2026-01-30 21:00:00+00|2026-01-29|00:01:30",
            await database.ScalarAsync<string>("""
                select concat_ws('|', dataset, ticker, session_date, method, outcome, reason, sent_at at time zone 'UTC' || '+00', status,
                    content_length, etag, last_modified at time zone 'UTC' || '+00', data_date, retry_after)
                from eod.observation where observation_id = $1
                """, id));
    }

    [Fact]
    public async Task Every_outcome_and_method_fits_the_table()
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        foreach (var outcome in Enum.GetValues<ReplyOutcome>())
        {
            foreach (var method in Enum.GetValues<CheckMethod>())
            {
                await ObservationLog.WriteAsync(connection, Observed("all", null, null, method, outcome, Close), CancellationToken.None);
            }
        }

        Assert.Equal(24L, await database.ScalarAsync<long>("select count(*) from eod.observation where dataset = 'all' and ticker is null"));
    }

    [Fact]
    public async Task A_row_belongs_to_the_caller_s_transaction()
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await ObservationLog.WriteAsync(connection, Observed("undone", "T", Session, CheckMethod.Get, ReplyOutcome.NotYet, Close), CancellationToken.None);
            await transaction.RollbackAsync();
        }

        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from eod.observation where dataset = 'undone'"));
    }

    [Fact]
    public async Task Headers_count_as_old_only_while_the_data_was_known_not_to_be_there()
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        async Task Write(int day, int minutes, CheckMethod method, ReplyOutcome outcome, string tag) => await ObservationLog.WriteAsync(
            connection,
            Observed("h", "T", Session.AddDays(day), method, outcome, Close.AddDays(day).AddMinutes(minutes)) with { EntityTag = tag },
            CancellationToken.None);
        await Write(-1, 60, CheckMethod.Get, ReplyOutcome.Available, "yesterday");
        await Write(0, 10, CheckMethod.Head, ReplyOutcome.Available, "premature");
        await Write(0, 11, CheckMethod.Get, ReplyOutcome.Stale, "stale");
        await Write(0, 20, CheckMethod.Head, ReplyOutcome.Available, "new");
        await Write(0, 21, CheckMethod.Get, ReplyOutcome.Broken, "broken");

        var before = await ObservationLog.BeforeArrivalAsync(connection, "h", "T", Session, CancellationToken.None);
        Assert.Equal(["stale", "premature", "yesterday"], before.Select(validators => validators.EntityTag));
        Assert.Equal([], await ObservationLog.BeforeArrivalAsync(connection, "h", "T", Session.AddDays(-1), CancellationToken.None));
    }

    private static Observation Observed(
        string dataset, string? ticker, DateOnly? session, CheckMethod method, ReplyOutcome outcome, DateTimeOffset sentAt) => new()
    {
        Dataset = dataset,
        Ticker = ticker,
        SessionDate = session,
        Method = method,
        Outcome = outcome,
        Reason = "why",
        SentAt = sentAt,
        FinishedAt = sentAt,
    };
}
