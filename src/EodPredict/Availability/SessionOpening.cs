using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using Microsoft.Extensions.Logging;

namespace EodPredict.Availability;

/// <summary>
/// Opens the sessions of a dataset whose market has closed, each with its first check, and plans itself for the next close. Sessions that
/// closed while no process was up are opened late, up to the horizon. Runs twice without harm.
/// </summary>
internal sealed partial class SessionOpening(
    SessionStore sessions,
    SessionPlanner planner,
    DatasetForecasters forecasters,
    DatasetCatalog datasets,
    MarketCalendars calendars,
    IJobEngine jobs,
    TimeProvider time,
    ILogger<SessionOpening> log)
{
    private const int SessionsAtATime = 200;

    private static readonly TimeSpan BetweenLooksForCalendar = TimeSpan.FromHours(1);

    /// <summary>The body of a job of kind <c>open</c>.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (!datasets.TryGet(id, out var dataset))
        {
            LogForgotten(id);
            return;
        }

        var now = time.GetUtcNow();
        DateTimeOffset next;
        try
        {
            await OpenClosedAsync(dataset, now, cancellationToken);
            next = NextClose(dataset, now);
        }
        catch (UnknownCalendarYearException e)
        {
            LogUnknownYear(dataset.Name, e.Message);
            next = now + BetweenLooksForCalendar;
        }

        await jobs.ScheduleAsync([Job(dataset.Name, next)], cancellationToken);
    }

    /// <summary>The job that opens what has closed, at an instant.</summary>
    public static PlannedJob Job(string dataset, DateTimeOffset at) =>
        new(new JobKey(AvailabilityJobs.Open, dataset), at, $"Open the sessions of {dataset}");

    private async Task OpenClosedAsync(Dataset dataset, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var closed = Closed(dataset, now);
        if (closed.Count == 0)
        {
            return;
        }

        var known = await sessions.KnownAsync(dataset.Name, closed.Min(s => s.SessionDate), cancellationToken);
        var missing = closed.FindAll(s => !known.Contains((s.Ticker, s.SessionDate)));
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var date in missing.GroupBy(s => s.SessionDate).OrderBy(d => d.Key))
        {
            await OpenAsync(dataset, date.Key, [.. date.Select(s => (s.Ticker, s.Close))], cancellationToken);
        }
    }

    private async Task OpenAsync(
        Dataset dataset, DateOnly sessionDate, IReadOnlyList<(string Ticker, DateTimeOffset Close)> missing, CancellationToken cancellationToken)
    {
        var forecaster = forecasters.Of(dataset);
        await forecaster.LookForCompanyAsync(sessionDate, cancellationToken);

        // In parts, so that the first of many tickers do not wait for the laws of the last.
        foreach (var some in await forecaster.PartsAsync(missing, s => s.Ticker, SessionsAtATime, cancellationToken))
        {
            var plans = await planner.PlanAsync(dataset, sessionDate, some, cancellationToken);
            var opened = await sessions.OpenAsync(dataset.Name, plans, cancellationToken);
            LogOpened(dataset.Name, opened.Count);
            var checks = opened.Select(o =>
                new PlannedSession(o.Id, dataset.Name, plans[o.Index].Ticker, sessionDate, plans[o.Index].Next.At).Job());
            await jobs.ScheduleAsync([.. checks], cancellationToken);
        }

        // A process that has just started knows all tickers only now.
        await forecaster.LookForCompanyAsync(sessionDate, cancellationToken);
        await forecaster.SaveTrustAsync(cancellationToken);
    }

    private List<(string Ticker, DateOnly SessionDate, DateTimeOffset Close)> Closed(Dataset dataset, DateTimeOffset now)
    {
        // A day more on either side: session dates are the market's own, which may be a day ahead or behind.
        var first = DateOnly.FromDateTime((now - dataset.Horizon).UtcDateTime).AddDays(-1);
        var last = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1);
        var byCalendar = Calendars(dataset).ToDictionary(
            calendar => calendar.Name,
            calendar => calendar.Sessions(Later(first, calendar.FirstDate), Earlier(last, calendar.LastDate))
                .Where(s => s.Close <= now && s.Close > now - dataset.Horizon).ToList());
        return [.. dataset.Tickers.SelectMany(t => byCalendar[t.Calendar].Select(s => (t.Symbol, s.Date, s.Close)))];
    }

    private DateTimeOffset NextClose(Dataset dataset, DateTimeOffset now) => Calendars(dataset).Min(calendar => calendar.NextClosingAfter(now).Close);

    private IEnumerable<MarketCalendar> Calendars(Dataset dataset) => dataset.Tickers.Select(t => t.Calendar).Distinct().Select(calendars.Get);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "{Dataset}: {Count} sessions opened.")]
    private partial void LogOpened(string dataset, int count);

    [LoggerMessage(EventId = 311, Level = LogLevel.Information, Message = "{Dataset} is not configured any more; its sessions are opened no longer.")]
    private partial void LogForgotten(string dataset);

    [LoggerMessage(EventId = 312, Level = LogLevel.Error, Message = "{Dataset}: no sessions can be opened. {Reason}")]
    private partial void LogUnknownYear(string dataset, string reason);
}
