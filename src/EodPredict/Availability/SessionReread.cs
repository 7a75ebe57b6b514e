using System.Globalization;
using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Reads a found session again, so that a revision becomes a new version. Costs a GET of the budget, and is put off with it.
/// Safe for concurrent use.
/// </summary>
internal sealed class SessionReread(
    NpgsqlDataSource database,
    SessionStore sessions,
    DatasetCatalog datasets,
    ProviderClient client,
    GetBudget budget,
    ProviderHolds holds,
    WatchChanges watch,
    ArrivalRecorder arrivals,
    IJobEngine jobs,
    TimeProvider time)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromHours(1);

    /// <summary>The body of a job of kind <c>reread</c>.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = await sessions.LeaseRereadAsync(long.Parse(id, CultureInfo.InvariantCulture), now, cancellationToken);
        if (session is null)
        {
            return;
        }

        if (!datasets.TryGet(session.Dataset, out var dataset))
        {
            await SettleAsync(session, null, next: null);
        }
        else if (await watch.FindAsync(session.Dataset, session.Ticker, cancellationToken) is { } pause)
        {
            await SettleAsync(session, null, pause.Until);
        }
        else if (await holds.FindAsync(dataset.Provider, now, cancellationToken) is { } hold)
        {
            await SettleAsync(session, null, hold.Until);
        }
        else if (await budget.TrySpendAsync(dataset.Budgets, now, cancellationToken) is { } exhausted)
        {
            await SettleAsync(session, null, exhausted.NextDayAfter(now));
        }
        else
        {
            var reply = await client.AskAsync(dataset, session.Ticker, session.SessionDate, CheckMethod.Get, cancellationToken);
            var next = reply.Observation.Outcome == ReplyOutcome.Available
                ? dataset.NextReread(await FoundAtAsync(session, cancellationToken), now)
                : reply.Observation.FinishedAt + BetweenTries;
            await SettleAsync(session, reply, next);
        }
    }

    private Task<DateTimeOffset> FoundAtAsync(OpenSession session, CancellationToken cancellationToken) =>
        database.Sql("select found_at from eod.session where session_id = $1", session.Id).FirstAsync<DateTimeOffset>(cancellationToken);

    private async Task SettleAsync(OpenSession session, ProviderReply? reply, DateTimeOffset? next)
    {
        // What was spent is recorded even when the process is told to stop now.
        var following = new List<PlannedJob>();
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        if (reply is not null)
        {
            var observationId = await ObservationLog.WriteAsync(connection, reply.Observation, CancellationToken.None);
            if (reply.Observation.Outcome == ReplyOutcome.Available)
            {
                following.AddRange(await arrivals.KeepAsync(connection, session, reply, observationId, CancellationToken.None));
            }
        }

        if (await sessions.PlanRereadAsync(connection, session, new CallsMade(reply is null ? 0 : 1, 0), next, CancellationToken.None) && next is { } at)
        {
            following.Add(new PlannedSession(session.Id, session.Dataset, session.Ticker, session.SessionDate, at) { IsFound = true }.Job());
        }

        await transaction.CommitAsync(CancellationToken.None);
        await jobs.ScheduleAsync(following, CancellationToken.None);
    }
}
