using EodPredict.Jobs;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>
/// Moves up the checks of sessions that, by what a check of another ticker told, are worth making earlier. Safe for concurrent use.
/// </summary>
internal sealed class HastenedChecks(DatasetForecasters forecasters, SessionPlanner planner, SessionStore sessions, IJobEngine jobs)
{
    private const int SessionsAtATime = 200;

    /// <summary>Tells the forecaster what a check revealed, once it is recorded, and plans anew those whom it hastens.</summary>
    public async Task AfterAsync(Dataset dataset, SessionResult told, CancellationToken cancellationToken)
    {
        var forecaster = forecasters.Of(dataset);
        await forecaster.FindAsync(told.Ticker, told.SessionDate, told.Close, cancellationToken);
        forecaster.Tell(told);
        foreach (var some in forecaster.TakeHastened(told.Ticker, told.SessionDate).Chunk(SessionsAtATime))
        {
            var plans = await planner.ReplanAsync(dataset, told.SessionDate, some, cancellationToken);
            var moved = await sessions.HastenAsync(dataset.Name, told.SessionDate, plans, cancellationToken);
            await jobs.ScheduleAsync([.. moved.Select(session => session.Job())], cancellationToken);
        }
    }
}
