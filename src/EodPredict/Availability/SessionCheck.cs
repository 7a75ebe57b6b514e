using System.Globalization;
using EodPredict.Jobs;
using EodPredict.Providers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Makes the planned check of one session: takes its lease, asks the cheap signal or sends the GET, records what was learned in one
/// transaction, and plans the next check. May be delivered twice or die anywhere: a lease is taken first, a GET is counted before it is
/// sent, and what was not committed is done again. Safe for concurrent use.
/// </summary>
internal sealed partial class SessionCheck(
    NpgsqlDataSource database,
    SessionStore sessions,
    SessionPlanner planner,
    DueChecks dueChecks,
    HastenedChecks hastened,
    DatasetCatalog datasets,
    ProviderClient client,
    GetBudget budget,
    ProviderHolds holds,
    WatchChanges watch,
    SignalTrustStore trusts,
    ArrivalRecorder arrivals,
    IJobEngine jobs,
    TimeProvider time,
    ILogger<SessionCheck> log)
{
    // Sessions that waited for the same provider come back one after another, not all at once.
    private const int SpreadSteps = 101;

    private static readonly TimeSpan LongestSpread = TimeSpan.FromMinutes(2);

    // For so long the first one asks alone after a hold: longer than a reply takes.
    private static readonly TimeSpan Alone = TimeSpan.FromMinutes(1);

    /// <summary>The body of a job of kind <c>check</c>.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sessionId = long.Parse(id, CultureInfo.InvariantCulture);
        var session = await sessions.LeaseAsync(sessionId, now, cancellationToken);
        if (session is null)
        {
            await PlanAgainWhenEarlyAsync(sessionId, now, cancellationToken);
            return;
        }

        if (!datasets.TryGet(session.Dataset, out var dataset))
        {
            await PostponeAsync(session, new(), now + TimeSpan.FromHours(1), $"The dataset {session.Dataset} is not configured any more.", cancellationToken);
            return;
        }

        var pause = session.Why == WatchChanges.ByHand ? null : await watch.FindAsync(session.Dataset, session.Ticker, cancellationToken);
        if (pause is not null)
        {
            await PostponeAsync(session, new(), pause.Until, pause.Reason, cancellationToken);
            return;
        }

        if (await holds.FindAsync(dataset.Provider, now, cancellationToken) is { } hold)
        {
            await PostponeAsync(session, new(), Spread(session, hold.Until), hold.Reason, cancellationToken);
            return;
        }

        var due = await dueChecks.DecideAsync(dataset, session, cancellationToken);
        try
        {
            await (due.Later is { } later
                ? PostponeAsync(session, new(), later, cancellationToken)
                : AskAsync(dataset, due.Session, cancellationToken));
        }
        finally
        {
            await dueChecks.DoneAsync(due, CancellationToken.None);
        }
    }

    // A job comes early when the service's clock was set back, as a rehearsal's is that was stopped and goes on.
    private async Task PlanAgainWhenEarlyAsync(long sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await sessions.FindPlanAsync(sessionId, cancellationToken) is { } planned && planned.At > now)
        {
            await jobs.ScheduleAsync([planned.Job()], cancellationToken);
        }
    }

    private async Task AskAsync(Dataset dataset, OpenSession session, CancellationToken cancellationToken)
    {
        var known = await trusts.OfAsync(dataset, cancellationToken);
        var exchange = new CheckExchange { Law = await planner.LawAsync(dataset, session, cancellationToken) };
        if (session.Method != CheckMethod.Get)
        {
            exchange = exchange with { Signal = await SignalAsync(dataset, session, session.Method, cancellationToken) };
            if (exchange.Signal.Outcome != ReplyOutcome.Available)
            {
                await SettleAsync(dataset, session, exchange, known, cancellationToken);
                return;
            }
        }
        else if (known.Where(signal => signal.Value.IsWorthWatching).Select(signal => (CheckMethod?)signal.Key).FirstOrDefault() is { } watched)
        {
            exchange = exchange with { Signal = await SignalAsync(dataset, session, watched, cancellationToken) };
            if (exchange.Signal.Outcome is ReplyOutcome.Throttled or ReplyOutcome.Refused)
            {
                await SettleAsync(dataset, session, exchange, known, cancellationToken);
                return;
            }
        }

        var now = time.GetUtcNow();
        if (await budget.TrySpendAsync(dataset.Budgets, now, cancellationToken) is { } exhausted)
        {
            await PostponeAsync(
                session, exchange, Spread(session, exhausted.NextDayAfter(now)),
                $"The {exhausted.Gets} GETs of {exhausted.Scope} for {exhausted.DayOf(now):yyyy-MM-dd} are spent; its next day begins then.", cancellationToken);
            return;
        }

        exchange = exchange with { Get = await client.AskAsync(dataset, session.Ticker, session.SessionDate, CheckMethod.Get, cancellationToken) };
        await SettleAsync(dataset, session, exchange, known, cancellationToken);
    }

    private async Task<Observation> SignalAsync(Dataset dataset, OpenSession session, CheckMethod method, CancellationToken cancellationToken) =>
        (await client.AskAsync(dataset, session.Ticker, session.SessionDate, method, cancellationToken)).Observation;

    /// <summary>Records everything that the exchange told in one transaction, and only then tells the job engine what comes next.</summary>
    private async Task SettleAsync(
        Dataset dataset, OpenSession session, CheckExchange exchange, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, CancellationToken cancellationToken)
    {
        var reply = exchange.Decisive;
        var decision = CheckDecisions.After(session, reply, dataset.Horizon, trusted.Values.Any(trust => trust.IsTrusted));
        var replanned = decision is CheckDecision.Replan(var more)
            ? await planner.ReplanAsync(dataset, more, trusted, cancellationToken) : default;
        var next = decision switch
        {
            CheckDecision.Replan => replanned.Next,
            CheckDecision.Retry(var at, _) => new NextCheck(at, session.Method, $"The last reply was of no use ({reply.Reason}), so the check is made again."),
            _ => null,
        };

        // What was spent and learned is recorded even when the process is told to stop now.
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var observationId = await exchange.WriteAsync(connection, CancellationToken.None);
        await exchange.LearnAsync(connection, session, CancellationToken.None);
        if (exchange.Law is { } law && decision is not (CheckDecision.Retry or CheckDecision.Hold))
        {
            await (law with { After = replanned.Law }).WriteAsync(connection, observationId, CancellationToken.None);
        }

        var provided = datasets.All.Where(one => one.Provider == dataset.Provider).Select(one => one.Name);
        if (decision is CheckDecision.Retry && reply.IsProviderFault
            && await ProviderHolds.IsSilentAsync(connection, dataset.Provider, provided, CancellationToken.None))
        {
            decision = new CheckDecision.Hold();
        }

        var following = new List<PlannedJob>();
        var isEnded = false;
        switch (decision)
        {
            case CheckDecision.Found(var interval):
                var end = new SessionEnd("found", reply.FinishedAt, dataset.NextReread(reply.FinishedAt, reply.FinishedAt));
                isEnded = await sessions.EndAsync(connection, session, exchange.Calls, end, CancellationToken.None);
                if (isEnded)
                {
                    following.AddRange(await arrivals.RecordAsync(connection, dataset, session, interval, exchange.Get!, observationId, CancellationToken.None));
                    if (end.RereadAt is { } reread)
                    {
                        following.Add(new PlannedSession(session.Id, session.Dataset, session.Ticker, session.SessionDate, reread) { IsFound = true }.Job());
                    }
                }

                break;
            case CheckDecision.GiveUp(var state, var known):
                isEnded = await sessions.EndAsync(connection, known, exchange.Calls, new SessionEnd(state), CancellationToken.None);
                await arrivals.RecordMissingAsync(connection, known, state, CancellationToken.None);
                break;
            case CheckDecision.Hold:
                // One asks first when the hold is over, and the others follow if it gets an answer: another one each time where nothing was
                // answered, as what this one asks for may be at fault.
                var until = await HoldAsync(connection, dataset, reply);
                var others = await SessionStore.PutOffAsync(
                    connection, provided, until, Alone, LongestSpread, reply.IsProviderFault ? session.Id : null,
                    reply.Reason, CancellationToken.None);
                var isFirst = others.TrueForAll(other => other.At > until);
                next = new NextCheck(isFirst ? until : Spread(session, until + Alone), session.Method, reply.Reason);
                following.AddRange(others.Select(other => other.Job()));
                break;
        }

        if (decision is CheckDecision.Replan or CheckDecision.Retry or CheckDecision.Hold)
        {
            var known = decision switch
            {
                CheckDecision.Replan(var asked) => asked,
                CheckDecision.Retry(_, var failed) => failed,
                _ => session,
            };
            if (await sessions.PlanAsync(connection, known, exchange.Calls, next!, CancellationToken.None))
            {
                following.Add(Job(session, next!.At));
            }
        }

        if (decision is not CheckDecision.Hold && reply.Status is not null && !reply.IsProviderFault)
        {
            await ProviderHolds.AnsweredAsync(connection, dataset.Provider, time.GetUtcNow(), CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
        if (isEnded)
        {
            SessionMeter.Count(session, decision);
        }

        if (following.Count > 0)
        {
            await jobs.ScheduleAsync(following, CancellationToken.None);
        }

        if (Told(session, decision) is { } told)
        {
            await hastened.AfterAsync(dataset, told, cancellationToken);
        }
    }

    private static SessionResult? Told(OpenSession session, CheckDecision decision) => decision switch
    {
        CheckDecision.Found(var interval) => session.Result("found", interval),
        CheckDecision.GiveUp("missed", var known) => known.Result("missed", ArrivalRecorder.Missing(known)),
        CheckDecision.GiveUp(var state, var known) => known.Result(state),
        CheckDecision.Replan(var known) => known.Result("open"),
        _ => null,
    };

    private static Task<DateTimeOffset> HoldAsync(NpgsqlConnection connection, Dataset dataset, Observation reply) => reply.Outcome switch
    {
        ReplyOutcome.Refused => ProviderHolds.RefusedAsync(
            connection, dataset.Provider, reply.FinishedAt, reply.Reason, CancellationToken.None),
        ReplyOutcome.Broken => ProviderHolds.SilentAsync(
            connection, dataset.Provider, reply.FinishedAt, reply.Reason, CancellationToken.None),
        _ => ProviderHolds.ThrottledAsync(
            connection, dataset.Provider, reply.FinishedAt, reply.RetryAfter, reply.Reason, CancellationToken.None),
    };

    /// <summary>Puts the check off, because nothing may be spent now; what a signal has told meanwhile is kept.</summary>
    private Task PostponeAsync(OpenSession session, CheckExchange exchange, DateTimeOffset until, string why, CancellationToken cancellationToken) =>
        PostponeAsync(session, exchange, new NextCheck(until, session.Method, why), cancellationToken);

    private async Task PostponeAsync(OpenSession session, CheckExchange exchange, NextCheck later, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await exchange.WriteAsync(connection, cancellationToken);
        var planned = await sessions.PlanAsync(connection, session, exchange.Calls, later, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (planned)
        {
            LogPostponed(session.Dataset, session.Ticker, session.SessionDate, later.At, later.Why);
            await jobs.ScheduleAsync([Job(session, later.At)], cancellationToken);
        }
    }

    private static DateTimeOffset Spread(OpenSession session, DateTimeOffset until) =>
        until + LongestSpread * (session.Id % SpreadSteps) / SpreadSteps;

    private static PlannedJob Job(OpenSession session, DateTimeOffset at) =>
        new PlannedSession(session.Id, session.Dataset, session.Ticker, session.SessionDate, at).Job();

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "{Dataset} {Ticker} {SessionDate:yyyy-MM-dd}: postponed until {Until:u}. {Why}")]
    private partial void LogPostponed(string dataset, string ticker, DateOnly sessionDate, DateTimeOffset until, string why);
}
