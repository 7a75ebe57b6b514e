using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>From a session and a reply to what comes next. Pure.</summary>
internal static class CheckDecisions
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(30);

    // A provider that is down when the horizon ends is asked for one more day before its session is given up.
    private static readonly TimeSpan GraceForOutages = TimeSpan.FromDays(1);

    /// <summary>What a session does after a reply to its check.</summary>
    /// <param name="session">The session before the reply.</param>
    /// <param name="reply">The reply; of the GET where there was one.</param>
    /// <param name="horizon">How long after the close the session is watched.</param>
    /// <param name="trustNo">Whether the dataset's cheap signals are right often enough to bound an arrival from below.</param>
    public static CheckDecision After(OpenSession session, Observation reply, TimeSpan horizon, bool trustNo) => reply.Outcome switch
    {
        ReplyOutcome.Available => new CheckDecision.Found(Interval(session, reply, trustNo)),
        ReplyOutcome.NotYet or ReplyOutcome.Partial or ReplyOutcome.Stale => NotThere(session, reply, horizon),
        ReplyOutcome.Never => new CheckDecision.GiveUp("never", session),
        ReplyOutcome.Throttled or ReplyOutcome.Refused => new CheckDecision.Hold(),
        ReplyOutcome.Broken => Broken(session, reply, horizon),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Outcome, "Not an outcome."),
    };

    private static CheckDecision NotThere(OpenSession session, Observation reply, TimeSpan horizon)
    {
        var known = reply.Method == CheckMethod.Get
            ? session with { LastNotYetAt = reply.SentAt, Failures = 0 }
            : session with { LastNoAt = reply.SentAt, Failures = 0 };

        // Only a GET ends a session: a cheap signal may be wrong for ever.
        return reply.Method == CheckMethod.Get && reply.SentAt >= session.Close + horizon
            ? new CheckDecision.GiveUp("missed", known)
            : new CheckDecision.Replan(known);
    }

    private static CheckDecision Broken(OpenSession session, Observation reply, TimeSpan horizon)
    {
        var known = session with { Failures = session.Failures + 1 };
        var wait = FirstRetry * Math.Pow(2, Math.Min(session.Failures, 10));
        return reply.SentAt >= session.Close + horizon + GraceForOutages
            ? new CheckDecision.GiveUp("missed", known)
            : new CheckDecision.Retry(reply.FinishedAt + (wait < LongestRetry ? wait : LongestRetry), known);
    }

    private static ArrivalInterval Interval(OpenSession session, Observation reply, bool trustNo)
    {
        var lastNo = trustNo && session.LastNoAt > (session.LastNotYetAt ?? DateTimeOffset.MinValue) ? session.LastNoAt : session.LastNotYetAt;
        var after = lastNo > session.Close ? lastNo.Value - session.Close : TimeSpan.Zero;
        var by = reply.FinishedAt - session.Close;
        return new ArrivalInterval(after, by > after ? by : after + TimeSpan.FromTicks(1));
    }
}
