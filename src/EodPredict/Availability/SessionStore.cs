using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>The table <c>eod.session</c>: what is watched, who checks it now, and what comes next. Safe for concurrent use.</summary>
internal sealed class SessionStore(NpgsqlDataSource database, WorkerPresence worker)
{
    // Longer than any call may take; a process that died loses its leases at once, by its lock.
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    /// <summary>The sessions of a dataset since a date, as (ticker, session date).</summary>
    public async Task<HashSet<(string Ticker, DateOnly SessionDate)>> KnownAsync(string dataset, DateOnly since, CancellationToken cancellationToken) =>
        [.. await database.Sql("select ticker, session_date from eod.session where dataset = $1 and session_date >= $2", dataset, since)
            .ListAsync(reader => (reader.GetString(0), reader.GetFieldValue<DateOnly>(1)), cancellationToken)];

    /// <summary>Opens sessions with their first check; those that another process has opened meanwhile are left as they are.</summary>
    /// <returns>The ids of those opened here, with the index of their plan.</returns>
    public async Task<List<(long Id, int Index)>> OpenAsync(string dataset, IReadOnlyList<SessionPlan> plans, CancellationToken cancellationToken)
    {
        const string Insert = """
            with plan as (
                select * from unnest($2::text[], $3::date[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])
                with ordinality as t(ticker, session_date, close_at, next_check_at, next_method, next_check_why, law, index)
            ), opened as (
                insert into eod.session (dataset, ticker, session_date, close_at, next_check_at, next_method, next_check_why, law_minutes)
                select $1, ticker, session_date, close_at, next_check_at, next_method, next_check_why, law::double precision[] from plan
                on conflict (dataset, ticker, session_date) do nothing
                returning session_id, ticker, session_date
            )
            select opened.session_id, plan.index::integer - 1 from opened join plan using (ticker, session_date)
            """;
        return await database.Sql(
            Insert, dataset,
            plans.Select(p => p.Ticker).ToArray(), plans.Select(p => p.SessionDate).ToArray(), plans.Select(p => p.Close).ToArray(),
            plans.Select(p => p.Next.At).ToArray(), plans.Select(p => p.Next.Method.ToSql()).ToArray(), plans.Select(p => p.Next.Why).ToArray(),
            plans.Select(p => $"{{{string.Join(',', p.LawMinutes.Select(m => m.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}}}").ToArray())
            .ListAsync(reader => (reader.GetInt64(0), reader.GetInt32(1)), cancellationToken);
    }

    /// <summary>Takes the lease for a check that is due.</summary>
    /// <returns>Null where it is not due, not open, or leased to a process that lives.</returns>
    public Task<OpenSession?> LeaseAsync(long sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        LeaseAsync("state = 'open' and next_check_at <= $4", sessionId, now, cancellationToken);

    /// <summary>The planned check of a session; null where it is not open.</summary>
    public async Task<PlannedSession?> FindPlanAsync(long sessionId, CancellationToken cancellationToken)
    {
        var plans = await database.Sql(
            "select session_id, dataset, ticker, session_date, next_check_at from eod.session where session_id = $1 and state = 'open'", sessionId)
            .ListAsync(ReadPlan, cancellationToken);
        return plans.SingleOrDefault();
    }

    /// <summary>Takes the lease for reading a found session again.</summary>
    /// <returns>Null where that is not due, or leased to a process that lives.</returns>
    public Task<OpenSession?> LeaseRereadAsync(long sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        LeaseAsync("state = 'found' and reread_at <= $4", sessionId, now, cancellationToken);

    /// <summary>Counts the calls that were made and plans the next check, inside the caller's transaction, and lets go of the lease.</summary>
    /// <returns>False where the lease was lost meanwhile: nothing was changed.</returns>
    public async Task<bool> PlanAsync(NpgsqlConnection connection, OpenSession session, CallsMade calls, NextCheck next, CancellationToken cancellationToken)
    {
        const string Plan = """
            update eod.session set
                last_not_yet_at = $3, last_no_at = $4, failures = $5, gets = gets + $6, signals = signals + $7,
                next_check_at = $8, next_method = $9, next_check_why = $10, lease_worker = null, lease_until = null,
                told_in = pg_current_xact_id()
            where session_id = $1 and lease_worker = $2 and state = 'open'
            """;
        return await connection.Sql(
            Plan, session.Id, await worker.IdAsync(cancellationToken), session.LastNotYetAt, session.LastNoAt, session.Failures, calls.Gets, calls.Signals,
            next.At, next.Method.ToSql(), next.Why).RunAsync(cancellationToken) == 1;
    }

    /// <summary>
    /// Puts off the checks of a provider's sessions that would fall into a hold on it, inside the caller's transaction, so that not each of
    /// them has to find that out. Those that somebody checks now are left.
    /// </summary>
    /// <param name="connection">Inside the caller's transaction.</param>
    /// <param name="datasets">The provider's.</param>
    /// <param name="until">When the hold ends.</param>
    /// <param name="alone">For how long after it the first one asks alone: until its answer is there.</param>
    /// <param name="spread">Over how long they come back, one after another.</param>
    /// <param name="after">The session whose turn it was: the one after it asks first; null: none of these does.</param>
    /// <param name="why">The reason, in a sentence.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>Those that were put off.</returns>
    public static Task<List<PlannedSession>> PutOffAsync(
        NpgsqlConnection connection, IEnumerable<string> datasets, DateTimeOffset until, TimeSpan alone, TimeSpan spread, long? after,
        string why, CancellationToken cancellationToken)
    {
        const string PutOff = """
            with due as (
                select session_id from eod.session
                where dataset = any($1) and state = 'open' and next_check_at < $2 + $3
                  and (lease_worker is null or lease_until < clock_timestamp() or not eod.worker_lives(lease_worker))
                for update skip locked),
            first as (select coalesce(min(session_id) filter (where session_id > $5::bigint), min(session_id)) as session_id from due where $5::bigint is not null)
            update eod.session as session
            set next_check_at = case when session.session_id = first.session_id then $2
                                     else $2 + $3 + $4 * (1 + session.session_id % 100) / 100 end,
                next_check_why = $6
            from due, first
            where session.session_id = due.session_id
            returning session.session_id, session.dataset, session.ticker, session.session_date, session.next_check_at
            """;
        return connection.Sql(PutOff, datasets.ToArray(), until, alone, spread, after, why).ListAsync(ReadPlan, cancellationToken);
    }

    /// <summary>Moves the next checks of open sessions that nobody checks now to earlier instants; a plan that is not earlier is left.</summary>
    /// <returns>Those that were moved.</returns>
    public Task<List<PlannedSession>> HastenAsync(
        string dataset, DateOnly sessionDate, IReadOnlyList<(string Ticker, NextCheck Next)> plans, CancellationToken cancellationToken)
    {
        const string Hasten = """
            update eod.session as session set next_check_at = earlier.at, next_method = earlier.method, next_check_why = earlier.why
            from (
                select known.session_id, plan.at, plan.method, plan.why
                from unnest($3::text[], $4::timestamptz[], $5::text[], $6::text[]) as plan(ticker, at, method, why)
                join eod.session as known on known.dataset = $1 and known.session_date = $2 and known.ticker = plan.ticker
                where known.state = 'open' and plan.at < known.next_check_at
                  and (known.lease_worker is null or known.lease_until < clock_timestamp() or not eod.worker_lives(known.lease_worker))
                for update of known skip locked) as earlier
            where session.session_id = earlier.session_id
            returning session.session_id, session.dataset, session.ticker, session.session_date, session.next_check_at
            """;
        return database.Sql(
            Hasten, dataset, sessionDate, plans.Select(p => p.Ticker).ToArray(), plans.Select(p => p.Next.At).ToArray(),
            plans.Select(p => p.Next.Method.ToSql()).ToArray(), plans.Select(p => p.Next.Why).ToArray()).ListAsync(ReadPlan, cancellationToken);
    }

    /// <summary>Counts the calls that were made and ends the session, inside the caller's transaction.</summary>
    /// <returns>False where the lease was lost meanwhile: nothing was changed.</returns>
    public async Task<bool> EndAsync(
        NpgsqlConnection connection, OpenSession session, CallsMade calls, SessionEnd end, CancellationToken cancellationToken)
    {
        const string End = """
            update eod.session set
                state = $3, found_at = $4, last_not_yet_at = $5, last_no_at = $6, gets = gets + $7, signals = signals + $8, reread_at = $9,
                next_check_at = null, next_method = null, next_check_why = null, lease_worker = null, lease_until = null,
                told_in = pg_current_xact_id()
            where session_id = $1 and lease_worker = $2 and state = 'open'
            """;
        return await connection.Sql(
            End, session.Id, await worker.IdAsync(cancellationToken), end.State, end.FoundAt, session.LastNotYetAt, session.LastNoAt, calls.Gets,
            calls.Signals, end.RereadAt).RunAsync(cancellationToken) == 1;
    }

    /// <summary>Counts a GET that read a found session again, plans the next such one, and lets go of the lease.</summary>
    /// <param name="connection">Inside the caller's transaction.</param>
    /// <param name="session">The session.</param>
    /// <param name="calls">What was spent.</param>
    /// <param name="next">When it is read again; null: not again.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public async Task<bool> PlanRereadAsync(NpgsqlConnection connection, OpenSession session, CallsMade calls, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        const string Plan = """
            update eod.session set gets = gets + $3, reread_at = $4, lease_worker = null, lease_until = null
            where session_id = $1 and lease_worker = $2 and state = 'found'
            """;
        return await connection.Sql(Plan, session.Id, await worker.IdAsync(cancellationToken), calls.Gets, next).RunAsync(cancellationToken) == 1;
    }

    /// <summary>Sessions whose check, or whose next reading, is due for longer than it should be, and that no living process works on.</summary>
    public Task<List<PlannedSession>> OverdueAsync(DateTimeOffset dueBefore, CancellationToken cancellationToken)
    {
        const string Overdue = """
            select session_id, dataset, ticker, session_date, coalesce(next_check_at, reread_at), state = 'found' from eod.session
            where ((state = 'open' and next_check_at < $1) or reread_at < $1)
              and (lease_worker is null or lease_until < clock_timestamp() or not eod.worker_lives(lease_worker))
            limit 10000
            """;
        return database.Sql(Overdue, dueBefore).ListAsync(
            reader => ReadPlan(reader) with { IsFound = reader.GetBoolean(5) }, cancellationToken);
    }

    internal static PlannedSession ReadPlan(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateTimeOffset>(4));

    private async Task<OpenSession?> LeaseAsync(string isDue, long sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lease = $"""
            update eod.session set lease_worker = $2, lease_until = clock_timestamp() + $3
            where session_id = $1 and {isDue}
              and (lease_worker is null or lease_until < clock_timestamp() or not eod.worker_lives(lease_worker))
            returning dataset, ticker, session_date, close_at, last_not_yet_at, last_no_at, coalesce(next_method, 'GET'), failures,
                coalesce(next_check_why, '')
            """;
        var rows = await database.Sql(lease, sessionId, await worker.IdAsync(cancellationToken), LongestLease, now).ListAsync(
            reader => new OpenSession
            {
                Id = sessionId,
                Dataset = reader.GetString(0),
                Ticker = reader.GetString(1),
                SessionDate = reader.GetFieldValue<DateOnly>(2),
                Close = reader.GetFieldValue<DateTimeOffset>(3),
                LastNotYetAt = reader.Nullable<DateTimeOffset?>(4),
                LastNoAt = reader.Nullable<DateTimeOffset?>(5),
                Method = CheckMethods.FromSql(reader.GetString(6)),
                Failures = reader.GetInt32(7),
                Why = reader.GetString(8),
            },
            cancellationToken);
        return rows.SingleOrDefault();
    }
}
