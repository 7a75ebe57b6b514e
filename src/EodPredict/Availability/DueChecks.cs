using System.Globalization;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>
/// Looks at a check once more when it is due: what the checks of other tickers told since it was planned may be reason to wait, and of
/// tickers that are awaited together one is asked at a time. Safe for concurrent use.
/// </summary>
internal sealed class DueChecks(
    DatasetForecasters forecasters, SessionPlanner planner, BatchTurns turns, SignalTrustStore trusts, TimeProvider time)
{
    // A plan that moves by less is kept; and who waits for another's answer looks again after as long.
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromSeconds(30);

    /// <summary>Decides whether a leased session is checked now.</summary>
    public async Task<DueCheck> DecideAsync(Dataset dataset, OpenSession session, CancellationToken cancellationToken)
    {
        if (session.Why == WatchChanges.ByHand)
        {
            return new DueCheck(session, null, null);
        }

        var forecaster = forecasters.Of(dataset);
        await forecaster.FindAsync(session.Ticker, session.SessionDate, session.Close, cancellationToken);
        // What nothing can have moved since it was planned is not planned again; the price of a GET under a budget moves all the time.
        var isStale = WatchChanges.IsPause(session.Why);
        if ((!isStale && dataset.Budgets.Count == 0 && !forecaster.HasCompany(session.Ticker, session.SessionDate))
            || time.GetUtcNow() >= session.Close + dataset.Horizon)
        {
            return new DueCheck(session, null, null);
        }

        var known = forecaster.Plan(session.SessionDate, [(session.Ticker, session.Close)])[0];
        if (known.Batch is { } batch && !await turns.TakeAsync(session, batch.Name, cancellationToken))
        {
            var why = string.Create(
                CultureInfo.InvariantCulture, $"Another of the {batch.Tickers} tickers that land together is being asked.");
            return new DueCheck(session, new NextCheck(time.GetUtcNow() + WorthWaiting, session.Method, why), null);
        }

        if (known.Batch is not null)
        {
            // Whoever had the turn before has recorded what it learned by now.
            await forecaster.CatchUpAsync(true, cancellationToken);
        }

        var (next, _) = await planner.ReplanAsync(dataset, session, await trusts.OfAsync(dataset, cancellationToken), cancellationToken);
        return next.At - time.GetUtcNow() > WorthWaiting
            ? new DueCheck(session, next, known.Batch?.Name)
            : new DueCheck(session with { Method = next.Method }, null, known.Batch?.Name);
    }

    /// <summary>Gives back the turn that a check had, once what it told is recorded.</summary>
    public Task DoneAsync(DueCheck due, CancellationToken cancellationToken) =>
        due.Batch is { } batch ? turns.ReturnAsync(due.Session, batch, cancellationToken) : Task.CompletedTask;
}
