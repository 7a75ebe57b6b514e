using EodPredict.Providers.Calendars;

namespace EodPredict.Tests.Providers.Calendars;

public sealed class MarketCalendarTests
{
    private static readonly MarketCalendar NewYork = new MarketCalendars().Get("XNYS");

    private static readonly TradingSession Monday = new(new(2026, 3, 2), new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero), false);
    private static readonly TradingSession Tuesday = new(new(2026, 3, 3), new(2026, 3, 3, 21, 0, 0, TimeSpan.Zero), false);
    private static readonly TradingSession Thursday = new(new(2026, 3, 5), new(2026, 3, 5, 18, 0, 0, TimeSpan.Zero), true);

    [Fact]
    public void A_session_has_closed_at_the_instant_of_its_close()
    {
        var close = NewYork.SessionOn(Tuesday.Date)!.Value.Close;

        Assert.Equal(Tuesday, NewYork.LastClosedBy(close));
        Assert.Equal(Monday, NewYork.LastClosedBy(close.AddTicks(-1)));
        Assert.Equal(new DateOnly(2026, 3, 4), NewYork.NextClosingAfter(close).Date);
        Assert.Equal(Tuesday, NewYork.NextClosingAfter(close.AddTicks(-1)));
    }

    [Fact]
    public void The_evening_in_New_York_still_belongs_to_its_own_date_when_the_next_has_begun_elsewhere()
    {
        // Friday 20:00 in New York is Saturday in UTC; the weekend follows.
        var evening = new DateTimeOffset(2026, 3, 6, 20, 0, 0, TimeSpan.FromHours(-5));

        Assert.Equal(new DateOnly(2026, 3, 6), NewYork.LastClosedBy(evening).Date);
        Assert.Equal(new DateOnly(2026, 3, 9), NewYork.NextClosingAfter(evening).Date);
    }

    [Fact]
    public void Weekends_and_holidays_are_skipped_over()
    {
        var thanksgiving = new DateTimeOffset(2026, 11, 26, 18, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 11, 25), NewYork.LastClosedBy(thanksgiving).Date);
        Assert.Equal(new DateOnly(2026, 11, 27), NewYork.NextClosingAfter(thanksgiving).Date);
        Assert.True(NewYork.NextClosingAfter(thanksgiving).IsHalfDay);
        Assert.Equal(
            [new(2026, 11, 25), new(2026, 11, 27), new(2026, 11, 30)],
            NewYork.Sessions(new(2026, 11, 25), new(2026, 11, 30)).Select(session => session.Date));
    }

    [Fact]
    public void No_sessions_are_in_a_range_that_ends_before_it_begins() =>
        Assert.Empty(NewYork.Sessions(new(2026, 11, 25), new(2026, 11, 24)));

    [Fact]
    public void An_unknown_year_is_an_error_that_says_what_is_known_and_how_to_supply_more()
    {
        var error = Assert.Throws<UnknownCalendarYearException>(() => NewYork.SessionOn(new(2029, 1, 2)));

        Assert.Equal(("XNYS", 2029), (error.Calendar, error.Year));
        Assert.Equal(
            "The calendar XNYS knows nothing of the year 2029 at 2029-01-02: it covers 2020-01-01 to 2028-12-31. Put a file for XNYS that "
            + "covers the year into the folder named by Eod:CalendarFolder, or update to a version that has it.",
            error.Message);
    }

    [Fact]
    public void Every_question_refuses_to_guess_beyond_what_is_known()
    {
        var lastClose = new DateTimeOffset(2028, 12, 29, 21, 0, 0, TimeSpan.Zero);
        var newYear2029 = new DateTimeOffset(2029, 1, 1, 5, 0, 0, TimeSpan.Zero);
        var newYear2020 = new DateTimeOffset(2020, 1, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.Equal(2019, Assert.Throws<UnknownCalendarYearException>(() => NewYork.Sessions(new(2019, 12, 31), new(2020, 1, 2))).Year);
        Assert.Equal(2029, Assert.Throws<UnknownCalendarYearException>(() => NewYork.Sessions(new(2028, 12, 31), new(2029, 1, 1))).Year);
        Assert.Equal(2029, Assert.Throws<UnknownCalendarYearException>(() => NewYork.NextClosingAfter(lastClose)).Year);
        Assert.Equal(2029, Assert.Throws<UnknownCalendarYearException>(() => NewYork.LastClosedBy(newYear2029)).Year);
        Assert.Equal(2019, Assert.Throws<UnknownCalendarYearException>(() => NewYork.LastClosedBy(newYear2020)).Year);
        Assert.Equal(2019, Assert.Throws<UnknownCalendarYearException>(() => NewYork.NextClosingAfter(newYear2020.AddTicks(-1))).Year);
        Assert.Equal(lastClose, NewYork.LastClosedBy(newYear2029.AddTicks(-1)).Close);
        Assert.Equal(new DateOnly(2020, 1, 2), NewYork.NextClosingAfter(newYear2020).Date);
    }

    [Fact]
    public void Recorded_sessions_make_a_calendar_of_the_days_between_them()
    {
        var calendar = MarketCalendar.FromSessions("recorded", [Thursday, Monday, Tuesday]);

        Assert.Equal(("recorded", Monday.Date, Thursday.Date), (calendar.Name, calendar.FirstDate, calendar.LastDate));
        Assert.Equal([Monday, Tuesday, Thursday], calendar.Sessions(Monday.Date, Thursday.Date));
        Assert.Null(calendar.SessionOn(new(2026, 3, 4)));
        Assert.Equal(Thursday, calendar.NextClosingAfter(Tuesday.Close));
        Assert.Equal(Thursday, calendar.LastClosedBy(Thursday.Close.AddHours(23)));
        Assert.Throws<UnknownCalendarYearException>(() => calendar.SessionOn(new(2026, 3, 6)));
        Assert.Throws<UnknownCalendarYearException>(() => calendar.LastClosedBy(Monday.Close.AddTicks(-1)));
        Assert.Throws<UnknownCalendarYearException>(() => calendar.LastClosedBy(Thursday.Close.AddHours(24)));
        Assert.Throws<UnknownCalendarYearException>(() => calendar.NextClosingAfter(Thursday.Close));
        Assert.Throws<UnknownCalendarYearException>(() => calendar.NextClosingAfter(Monday.Close.AddTicks(-1)));
    }

    [Fact]
    public void Recorded_closes_are_kept_with_offset_zero()
    {
        var local = new TradingSession(new(2026, 3, 2), new(2026, 3, 2, 16, 0, 0, TimeSpan.FromHours(-5)), false);

        var session = MarketCalendar.FromSessions("recorded", [local]).SessionOn(local.Date);

        Assert.Equal(Monday, session);
        Assert.Equal(TimeSpan.Zero, session!.Value.Close.Offset);
    }

    [Fact]
    public void Recorded_sessions_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MarketCalendar.FromSessions("recorded", []));
        Assert.Throws<ArgumentException>(() => MarketCalendar.FromSessions("recorded", [Monday, Monday]));
        var error = Assert.Throws<ArgumentException>(
            () => MarketCalendar.FromSessions("recorded", [Monday, Tuesday with { Close = Monday.Close }]));
        Assert.Contains("2026-03-03", error.Message, StringComparison.Ordinal);
    }
}
