using EodPredict.Providers.Calendars;
using FsCheck.Xunit;

namespace EodPredict.Tests.Providers.Calendars;

/// <summary>What holds at any instant and date of the years covered, in every market.</summary>
public sealed class MarketCalendarProperties
{
    private static readonly MarketCalendars Calendars = new();
    private static readonly DateTimeOffset First = new(2020, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2027, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 300)]
    public bool The_next_close_lies_ahead_and_no_session_closes_before_it(uint market, ulong tick)
    {
        var (calendar, instant) = (Market(market), Instant(tick));

        var next = calendar.NextClosingAfter(instant);

        return next.Close > instant
            && Around(calendar, instant).All(session => session.Close <= instant || session.Close >= next.Close);
    }

    [Property(MaxTest = 300)]
    public bool The_last_close_is_not_ahead_and_no_session_closes_between(uint market, ulong tick)
    {
        var (calendar, instant) = (Market(market), Instant(tick));

        var last = calendar.LastClosedBy(instant);

        return last.Close <= instant
            && Around(calendar, instant).All(session => session.Close <= last.Close || session.Close > instant);
    }

    [Property(MaxTest = 300)]
    public bool The_next_close_after_the_last_one_is_the_next_one(uint market, ulong tick)
    {
        var (calendar, instant) = (Market(market), Instant(tick));

        return calendar.NextClosingAfter(calendar.LastClosedBy(instant).Close) == calendar.NextClosingAfter(instant);
    }

    [Property(MaxTest = 300)]
    public bool Sessions_are_in_order_and_are_those_of_each_single_day(uint market, ulong tick, byte days)
    {
        var calendar = Market(market);
        var first = DateOnly.FromDateTime(Instant(tick).UtcDateTime).AddDays(-28);
        var dates = Enumerable.Range(0, days % 28).Select(first.AddDays).ToList();

        var sessions = calendar.Sessions(first, first.AddDays(dates.Count - 1));

        return sessions.SequenceEqual(dates.Select(calendar.SessionOn).OfType<TradingSession>())
            && sessions.Zip(sessions.Skip(1)).All(pair => pair.First.Date < pair.Second.Date && pair.First.Close < pair.Second.Close);
    }

    [Property(MaxTest = 300)]
    public bool A_close_falls_on_its_date_or_on_the_midnight_that_ends_it(uint market, ulong tick)
    {
        var session = Market(market).NextClosingAfter(Instant(tick));
        var midnight = new DateTimeOffset(session.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        return session.Close > midnight && session.Close <= midnight.AddDays(1);
    }

    [Property(MaxTest = 300)]
    public bool Recording_a_calendar_gives_the_same_answers(uint market, ulong tick)
    {
        var (calendar, instant) = (Market(market), Instant(tick));
        var recorded = MarketCalendar.FromSessions("recorded", Around(calendar, instant).Reverse());

        return recorded.NextClosingAfter(instant) == calendar.NextClosingAfter(instant)
            && recorded.LastClosedBy(instant) == calendar.LastClosedBy(instant);
    }

    private static MarketCalendar Market(uint number) => Calendars.Get(Calendars.Names[(int)(number % Calendars.Names.Count)]);

    /// <summary>Half of the instants are closes themselves, where mistakes by one live.</summary>
    private static DateTimeOffset Instant(ulong tick)
    {
        var instant = First.AddTicks((long)(tick * 0x9E3779B97F4A7C15UL % (ulong)(Last - First).Ticks));
        return tick % 2 == 0 ? instant : Market((uint)(tick / 2 % 7)).NextClosingAfter(instant).Close;
    }

    private static IReadOnlyList<TradingSession> Around(MarketCalendar calendar, DateTimeOffset instant)
    {
        var date = DateOnly.FromDateTime(instant.UtcDateTime);
        return calendar.Sessions(date.AddDays(-15), date.AddDays(15));
    }
}
