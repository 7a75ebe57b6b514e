using System.Globalization;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>Plans the next check of sessions: their laws, and the dynamic programme over them. Safe for concurrent use.</summary>
internal sealed class SessionPlanner(
    DatasetForecasters forecasters, SignalTrustStore trusts, BudgetScarcity budgets, TimeProvider time)
{
    // The planner weighs prices against each other; nothing may be free.
    private const double LeastPrice = 1e-6;

    // What it is worth to meet a deadline, where the configuration names one: as much as many GETs.
    private const double GetsWorthADeadline = 20;

    /// <summary>What is kept of a session's first law.</summary>
    internal static IReadOnlyList<double> ShownQuantiles { get; } = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Plans the first checks of sessions of one date that are about to be opened.</summary>
    /// <param name="dataset">Their dataset.</param>
    /// <param name="sessionDate">Their date.</param>
    /// <param name="sessions">Ticker and close of each.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<List<SessionPlan>> PlanAsync(
        Dataset dataset, DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions,
        CancellationToken cancellationToken)
    {
        var trusted = await trusts.OfAsync(dataset, cancellationToken);
        var forecaster = forecasters.Of(dataset);
        await forecaster.OpenAsync(sessionDate, sessions, cancellationToken);
        var scarcity = await budgets.OfAsync(dataset, cancellationToken);
        var known = forecaster.Plan(sessionDate, sessions);
        var next = Next(dataset, known, trusted, scarcity);
        return [.. sessions.Select((session, i) => new SessionPlan(
            session.Ticker, sessionDate, session.Close, next[i],
            CheckLaw.Quantiles(known[i].Law, dataset.Horizon)))];
    }

    /// <summary>Plans the next check of an open session on what is known now.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="session">The session, with what its own checks told.</param>
    /// <param name="trusted">The dataset's cheap signals.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <returns>The check, and what is kept of the law that it was planned by.</returns>
    public async Task<(NextCheck Next, double[] Law)> ReplanAsync(
        Dataset dataset, OpenSession session, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, CancellationToken cancellationToken)
    {
        var forecaster = forecasters.Of(dataset);
        var scarcity = await budgets.OfAsync(dataset, cancellationToken);
        await forecaster.FindAsync(session.Ticker, session.SessionDate, session.Close, cancellationToken);
        forecaster.Tell(session.Result("open"));
        var known = forecaster.Plan(session.SessionDate, [(session.Ticker, session.Close)])[0];
        if (session.LastNoAt is { } no && no > (session.LastNotYetAt ?? session.Close))
        {
            known = known with
            {
                Law = known.Law.GivenSignalNotBy(no - session.Close, trusted.Values.Min(trust => trust.FalseNo)),
                SignalNoAt = no,
            };
        }

        return (Next(dataset, known, time.GetUtcNow(), trusted, scarcity), CheckLaw.Quantiles(known.Law, dataset.Horizon));
    }

    /// <summary>By what the check of an open session is decided now.</summary>
    public async Task<CheckLaw> LawAsync(Dataset dataset, OpenSession session, CancellationToken cancellationToken)
    {
        var forecaster = forecasters.Of(dataset);
        await forecaster.FindAsync(session.Ticker, session.SessionDate, session.Close, cancellationToken);
        return CheckLaw.Of(
            dataset, forecaster.Plan(session.SessionDate, [(session.Ticker, session.Close)])[0],
            await budgets.OfAsync(dataset, cancellationToken));
    }

    /// <summary>Plans the next checks of open sessions of one date on what is known now.</summary>
    public async Task<List<(string Ticker, NextCheck Next)>> ReplanAsync(
        Dataset dataset, DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> sessions,
        CancellationToken cancellationToken)
    {
        var trusted = await trusts.OfAsync(dataset, cancellationToken);
        var scarcity = await budgets.OfAsync(dataset, cancellationToken);
        var next = Next(dataset, forecasters.Of(dataset).Plan(sessionDate, sessions), trusted, scarcity);
        return [.. sessions.Select((session, i) => (session.Ticker, next[i]))];
    }

    /// <summary>The next check of a session, as what is known of it and the trust in its signals have it.</summary>
    internal static NextCheck Next(
        Dataset dataset, SessionKnowledge known, DateTimeOffset now, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, double scarcity)
    {
        var (prices, limits) = Terms(dataset, known, now, trusted, scarcity);
        var next = CheckPlanner.Plan(known.Law, prices, limits).Next;
        var why = Why(next.Reason, known);
        return new NextCheck(known.Close + next.At, next.Method, scarcity > 0 ? $"{why}. The day's budget is short, so GETs wait longer." : why);
    }

    /// <summary>What checks and waiting cost a session, and from when on it may be checked.</summary>
    internal static (CheckPrices Prices, PlanningLimits Limits) Terms(
        Dataset dataset, SessionKnowledge known, DateTimeOffset now, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, double scarcity)
    {
        var prices = Prices(dataset, trusted) with { TickersWaiting = known.TickersWaiting, ScarcityOfGet = scarcity };
        var limits = new PlanningLimits(now > known.Close ? now - known.Close : TimeSpan.Zero, dataset.Horizon)
        {
            Deadline = dataset.Deadline,
            Close = known.Close,
            SignalsFrom = known.SignalNoAt is { } no ? no - known.Close + PlanningLimits.SignalRest : TimeSpan.Zero,
        };
        return (prices, limits);
    }

    /// <summary>What a check and a minute cost one ticker of a dataset.</summary>
    internal static CheckPrices Prices(Dataset dataset, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted) => new()
    {
        Get = GetCost(dataset),
        Minute = Math.Max(dataset.DelayCostPerMinute, LeastPrice),
        MissedDeadline = dataset.Deadline is null ? 0 : GetsWorthADeadline * dataset.GetCost,
        Signals = [.. trusted.Where(signal => signal.Value.IsTrusted)
            .Select(signal => new SignalTerms(signal.Key, dataset.SignalCost, signal.Value.FalseYes, signal.Value.FalseNo))],
    };

    /// <summary>The price of a GET, above zero.</summary>
    internal static double GetCost(Dataset dataset) => Math.Max(dataset.GetCost, LeastPrice);

    private NextCheck[] Next(
        Dataset dataset, IReadOnlyList<SessionKnowledge> known, IReadOnlyDictionary<CheckMethod, SignalTrust> trusted, double scarcity)
    {
        var now = time.GetUtcNow();
        var next = new NextCheck[known.Count];
        Parallel.For(0, next.Length, i => next[i] = Next(dataset, known[i], now, trusted, scarcity));
        return next;
    }

    private static string Why(string reason, SessionKnowledge known) => known.Company switch
    {
        CompanyToday.Awaited when known.Batch is { Tickers: > 1 } batch => string.Create(
            CultureInfo.InvariantCulture,
            $"{reason}. One of {batch.Tickers} tickers that land together; the others follow as soon as it lands."),
        CompanyToday.Landed => $"{reason}. The tickers it lands with are there.",
        CompanyToday.Shift => $"{reason}. Reckons with how late the tickers it goes with are today.",
        _ => reason,
    };
}
