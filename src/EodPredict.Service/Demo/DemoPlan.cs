using EodPredict.Providers.Calendars;
using EodPredict.Replay.Recorded;

namespace EodPredict.Service.Demo;

/// <summary>Which recorded days the demo learns from, and which it lives.</summary>
internal sealed class DemoPlan
{
    public const int DaysLearned = 60;

    // Without --days the demo lives the last year of the recording, or what it has.
    private const int DaysWhenUnlimited = 365;

    // Before and after what is lived, so that looking a few days beyond either end finds a calendar that has no session there.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(400);

    private DemoPlan(IReadOnlyList<RecordedSession> learned, IReadOnlyList<RecordedSession> lived)
    {
        Learned = learned;
        Lived = lived;
    }

    /// <summary>The sessions that are known, as a poller would have seen them, when the demo begins.</summary>
    public IReadOnlyList<RecordedSession> Learned { get; }

    /// <summary>The sessions that the service lives through, in order of date.</summary>
    public IReadOnlyList<RecordedSession> Lived { get; }

    public IEnumerable<string> Tickers => Lived.Select(session => session.Ticker).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The service's clock at the start: a moment before the first close.</summary>
    public DateTimeOffset Start => Lived.Min(session => session.Close) - TimeSpan.FromMinutes(5);

    /// <exception cref="DemoException">The recording is too short.</exception>
    public static DemoPlan Create(RecordedDays recorded, int? days)
    {
        var dates = recorded.SessionDates;
        var lived = days ?? Math.Min(DaysWhenUnlimited, dates.Count - DaysLearned);
        if (lived < 1 || lived + DaysLearned > dates.Count)
        {
            throw new DemoException(
                $"The recording has {dates.Count} days. The demo learns {DaysLearned} of them, so --days can be 1 to {Math.Max(1, dates.Count - DaysLearned)}.");
        }

        var first = dates[^lived];
        var learnedFrom = dates[^(lived + DaysLearned)];
        return new DemoPlan(
            [.. recorded.Sessions.Where(session => session.SessionDate >= learnedFrom && session.SessionDate < first)],
            [.. recorded.Sessions.Where(session => session.SessionDate >= first && session.Arrival is not null)]);
    }

    public static string CalendarOf(string ticker) => $"recorded:{ticker}";

    /// <summary>Adds the calendar of each ticker: the sessions that are lived, and none near them.</summary>
    public void AddCalendarsTo(MarketCalendars calendars)
    {
        foreach (var ticker in Lived.GroupBy(session => session.Ticker))
        {
            calendars.Add(MarketCalendar.FromSessions(
                CalendarOf(ticker.Key),
                [
                    Beyond(Start - Margin),
                    .. ticker.Select(session => new TradingSession(session.SessionDate, session.Close, IsHalfDay: false)),
                    Beyond(ticker.Max(session => session.Close) + Margin),
                ]));
        }
    }

    private static TradingSession Beyond(DateTimeOffset close) => new(DateOnly.FromDateTime(close.UtcDateTime), close, IsHalfDay: false);
}
