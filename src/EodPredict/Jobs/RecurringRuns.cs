using EodPredict.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EodPredict.Jobs;

/// <summary>Keeps what became of the runs of recurring jobs, and keeps paused ones from running. Safe for concurrent use.</summary>
public sealed class RecurringRuns(NpgsqlDataSource database, TimeProvider time, [FromKeyedServices(WallClock.Key)] TimeProvider wall)
{
    private const string Done = "done";
    private const string Failed = "failed";
    private const string CutShort = "cut short";
    private const string Paused = "paused";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>Runs a body and notes how it ended, unless the job is paused and nobody asked for this run.</summary>
    internal async Task RunAsync(JobKey key, bool isByHand, Func<Task> body, CancellationToken cancellationToken)
    {
        if (await UntilAnsweredAsync(() => BeginAsync(key, isByHand, cancellationToken), cancellationToken) is not { } run)
        {
            return;
        }

        try
        {
            await body();
        }
        catch (Exception e)
        {
            var isStopped = cancellationToken.IsCancellationRequested;
            await EndAsync(run, isStopped ? CutShort : Failed, isStopped ? null : e.Message);
            throw;
        }

        await EndAsync(run, Done, null);
    }

    internal static RecurringJobRun Read(NpgsqlDataReader row, int first) => new(
        row.GetFieldValue<DateTimeOffset>(first), row.Nullable<DateTimeOffset?>(first + 1), row.Nullable<string>(first + 2),
        row.Nullable<string>(first + 3), row.GetBoolean(first + 4));

    /// <returns>The run; null where the job is paused.</returns>
    private async Task<long?> BeginAsync(JobKey key, bool isByHand, CancellationToken cancellationToken)
    {
        // A run without an end whose job begins anew was that of a process that died.
        const string Begin = """
            with died as (
                update eod.recurring_run set outcome = 'cut short' where kind = $1 and id = $2 and outcome is null
            ), pause as (
                select paused_because from eod.recurring_job where kind = $1 and id = $2 and paused_at is not null and not $4
            )
            insert into eod.recurring_run (kind, id, began_at, is_by_hand, outcome, ended_at, reason)
            select $1, $2, $3, $4, case when (select count(*) from pause) > 0 then 'paused' end,
                case when (select count(*) from pause) > 0 then $3 end, (select paused_because from pause)
            returning run_id, outcome
            """;
        var begun = await database.Sql(Begin, key.Kind, key.Id, time.GetUtcNow(), isByHand).ListAsync(
            row => (Id: row.GetInt64(0), Outcome: row.Nullable<string>(1)), cancellationToken);
        return begun[0].Outcome == Paused ? null : begun[0].Id;
    }

    private async Task EndAsync(long run, string outcome, string? reason)
    {
        try
        {
            await database.Sql(
                "update eod.recurring_run set ended_at = $2, outcome = $3, reason = $4 where run_id = $1", run, time.GetUtcNow(),
                    outcome, reason)
                .RunAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The work is done or failed whether or not it can be noted now; the next run notes that the end of this one is unknown.
        }
    }

    private async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false })
            {
                await Task.Delay(BetweenTries, wall, cancellationToken);
            }
        }
    }
}
