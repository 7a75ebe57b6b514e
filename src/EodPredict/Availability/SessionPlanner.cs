using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>Plans the next check of sessions: their laws, and the dynamic programme over them. Safe for concurrent use.</summary>
internal sealed class SessionPlanner(SessionLaws laws, SignalTrustStore trusts, TimeProvider time)
{
    // The planner weighs prices against each other; nothing may be free.
    private const double LeastPrice = 1e-6;

    // What it is worth to meet a deadline, where the configuration names one: as much as many GETs.
    private const double GetsWorthADeadline = 20;

    private static readonly double[] ShownQuantiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Plans the first checks of sessions that are about to be opened.</summary>
    /// <param name="dataset">Their dataset.</param>
    /// <param name="sessions">Ticker, session date and close of each.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<List<SessionPlan>> PlanAsync(
        Dataset dataset, IReadOnlyList<(string Ticker, DateOnly SessionDate, DateTimeOffset Close)> sessions, CancellationToken cancellationToken)
    {
        var trusted = await trusts.OfAsync(dataset, cancellationToken);
        var forecasts = await laws.LoadAsync(dataset, sessions, cancellationToken);
        return [.. sessions.Zip(forecasts, (session, law) => new SessionPlan(
            session.Ticker, session.SessionDate, session.Close,
            Next(dataset, law, session.Close, time.GetUtcNow(), trusted),
            [.. ShownQuantiles.Select(q => (law.Quantile(q) ?? dataset.Horizon).TotalMinutes)]))];
    }

    /// <summary>Plans the next check of a session that was found not to be there.</summary>
    public async Task<NextCheck> ReplanAsync(Dataset dataset, OpenSession session, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, CancellationToken cancellationToken)
    {
        var law = await laws.FindAsync(dataset, session.Ticker, session.SessionDate, session.Close, cancellationToken);
        if (session.LastNotYetAt is { } notYet)
        {
            law = law.GivenNotBy(notYet - session.Close);
        }

        if (session.LastNoAt is { } no && no > (session.LastNotYetAt ?? session.Close))
        {
            law = law.GivenSignalNotBy(no - session.Close, trusted.Values.Min(trust => trust.FalseNo));
        }

        return Next(dataset, law, session.Close, time.GetUtcNow(), trusted);
    }

    /// <summary>Lets go of what is kept of a session that is watched no more.</summary>
    public void Forget(OpenSession session) => laws.Forget(session.Dataset, session.Ticker, session.SessionDate);

    /// <summary>The next check of a session, as a law and the trust in its signals have it.</summary>
    internal static NextCheck Next(
        Dataset dataset, ArrivalLaw law, DateTimeOffset close, DateTimeOffset now, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted)
    {
        var prices = new CheckPrices
        {
            Get = Math.Max(dataset.GetCost, LeastPrice),
            Minute = Math.Max(dataset.DelayCostPerMinute, LeastPrice),
            MissedDeadline = dataset.Deadline is null ? 0 : GetsWorthADeadline * dataset.GetCost,
            Signals = [.. trusted.Where(signal => signal.Value.IsTrusted)
                .Select(signal => new SignalTerms(signal.Key, dataset.SignalCost, signal.Value.FalseYes, signal.Value.FalseNo))],
        };
        var limits = new PlanningLimits(now - close, dataset.Horizon) { Deadline = dataset.Deadline, Close = close };
        var next = CheckPlanner.Plan(law, prices, limits).Next;
        return new NextCheck(close + next.At, next.Method, next.Reason);
    }
}
