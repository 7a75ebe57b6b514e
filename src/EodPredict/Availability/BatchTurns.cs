using EodPredict.Database;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Whose turn it is to be asked for all that are awaited together, over all processes: the table <c>eod.batch_turn</c>. Safe for
/// concurrent use.
/// </summary>
internal sealed class BatchTurns(NpgsqlDataSource database, WorkerPresence worker)
{
    // A check that takes longer holds up the others no more; a process that died lets go at once, by its lock.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    /// <summary>Takes the turn for a session that is about to be checked.</summary>
    /// <returns>False while another session of the batch has it.</returns>
    public async Task<bool> TakeAsync(OpenSession session, string batch, CancellationToken cancellationToken)
    {
        const string Take = """
            insert into eod.batch_turn as turn (dataset, first_ticker, session_date, session_id, lease_worker, lease_until)
            values ($1, $2, $3, $4, $5, clock_timestamp() + $6)
            on conflict (dataset, first_ticker, session_date) do update
            set session_id = excluded.session_id, lease_worker = excluded.lease_worker, lease_until = excluded.lease_until
            where turn.session_id = excluded.session_id or turn.lease_until < clock_timestamp() or not eod.worker_lives(turn.lease_worker)
            """;
        return await database.Sql(
            Take, session.Dataset, batch, session.SessionDate, session.Id, await worker.IdAsync(cancellationToken), LongestTurn)
            .RunAsync(cancellationToken) == 1;
    }

    /// <summary>Gives the turn back, once what the check told is recorded.</summary>
    public Task ReturnAsync(OpenSession session, string batch, CancellationToken cancellationToken) =>
        database.Sql(
            "delete from eod.batch_turn where dataset = $1 and first_ticker = $2 and session_date = $3 and session_id = $4",
            session.Dataset, batch, session.SessionDate, session.Id).RunAsync(cancellationToken);
}
