using System.Globalization;
using EodPredict.Providers.Calendars;

namespace EodPredict.Tests.Providers.Calendars;

public sealed class BuiltInCalendarsTests
{
    private static readonly MarketCalendars Calendars = new();

    [Theory]
    // New York changes its clocks on 2026-03-08 and 2026-11-01.
    [InlineData("XNYS", "2026-03-06", "2026-03-06T21:00Z")]
    [InlineData("XNYS", "2026-03-09", "2026-03-09T20:00Z")]
    [InlineData("XNAS", "2026-03-09", "2026-03-09T20:00Z")]
    [InlineData("XNYS", "2026-10-30", "2026-10-30T20:00Z")]
    [InlineData("XNYS", "2026-11-02", "2026-11-02T21:00Z")]
    [InlineData("XNYS", "2024-03-08", "2024-03-08T21:00Z")]
    [InlineData("XNYS", "2024-03-11", "2024-03-11T20:00Z")]
    // London and Frankfurt change theirs on 2026-03-29 and 2026-10-25.
    [InlineData("XLON", "2026-03-27", "2026-03-27T16:30Z")]
    [InlineData("XLON", "2026-03-30", "2026-03-30T15:30Z")]
    [InlineData("XLON", "2026-10-23", "2026-10-23T15:30Z")]
    [InlineData("XLON", "2026-10-26", "2026-10-26T16:30Z")]
    [InlineData("XETR", "2026-03-27", "2026-03-27T16:30Z")]
    [InlineData("XETR", "2026-03-30", "2026-03-30T15:30Z")]
    [InlineData("XETR", "2026-10-23", "2026-10-23T15:30Z")]
    [InlineData("XETR", "2026-10-26", "2026-10-26T16:30Z")]
    // Between these dates the two sides of the Atlantic are an hour nearer to each other.
    [InlineData("XNYS", "2026-03-18", "2026-03-18T20:00Z")]
    [InlineData("XLON", "2026-03-18", "2026-03-18T16:30Z")]
    [InlineData("XNYS", "2026-10-28", "2026-10-28T20:00Z")]
    [InlineData("XLON", "2026-10-28", "2026-10-28T16:30Z")]
    // Asia has one time all year; Tokyo closes half an hour later since 2024-11-05.
    [InlineData("XTKS", "2024-11-01", "2024-11-01T06:00Z")]
    [InlineData("XTKS", "2024-11-05", "2024-11-05T06:30Z")]
    [InlineData("XTKS", "2026-07-01", "2026-07-01T06:30Z")]
    [InlineData("XHKG", "2026-01-05", "2026-01-05T08:00Z")]
    [InlineData("XHKG", "2026-07-02", "2026-07-02T08:00Z")]
    // Hong Kong trades through severe weather since September 2024.
    [InlineData("XHKG", "2024-11-14", "2024-11-14T08:00Z")]
    [InlineData("XHKG", "2025-09-24", "2025-09-24T08:00Z")]
    // A market that never closes: the midnight that ends the date.
    [InlineData("24/7", "2026-02-28", "2026-03-01T00:00Z")]
    [InlineData("24/7", "2026-12-25", "2026-12-26T00:00Z")]
    public void A_full_day_closes_at_its_usual_local_time(string market, string date, string close)
    {
        var session = Calendars.Get(market).SessionOn(Date(date));

        Assert.Equal(new TradingSession(Date(date), Instant(close), false), session);
        Assert.Equal(TimeSpan.Zero, session!.Value.Close.Offset);
    }

    [Theory]
    [InlineData("XNYS", "2020-11-27", "2020-11-27T18:00Z")]
    [InlineData("XNYS", "2023-07-03", "2023-07-03T17:00Z")]
    [InlineData("XNYS", "2024-12-24", "2024-12-24T18:00Z")]
    [InlineData("XNAS", "2026-11-27", "2026-11-27T18:00Z")]
    [InlineData("XNYS", "2028-07-03", "2028-07-03T17:00Z")]
    [InlineData("XLON", "2022-12-23", "2022-12-23T12:30Z")]
    [InlineData("XLON", "2023-12-29", "2023-12-29T12:30Z")]
    [InlineData("XLON", "2026-12-24", "2026-12-24T12:30Z")]
    [InlineData("XETR", "2023-12-29", "2023-12-29T13:00Z")]
    [InlineData("XETR", "2026-12-30", "2026-12-30T13:00Z")]
    [InlineData("XHKG", "2020-01-24", "2020-01-24T04:00Z")]
    [InlineData("XHKG", "2024-02-09", "2024-02-09T04:00Z")]
    [InlineData("XHKG", "2026-02-16", "2026-02-16T04:00Z")]
    [InlineData("XHKG", "2026-12-24", "2026-12-24T04:00Z")]
    [InlineData("XHKG", "2026-12-31", "2026-12-31T04:00Z")]
    [InlineData("XHKG", "2022-11-02", "2022-11-02T05:55Z")]
    public void A_half_day_closes_early(string market, string date, string close) =>
        Assert.Equal(new TradingSession(Date(date), Instant(close), true), Calendars.Get(market).SessionOn(Date(date)));

    [Theory]
    [InlineData("XNYS", "2020-07-03,2021-12-24,2022-06-20,2023-01-02,2025-01-09,2026-07-03,2027-06-18,2027-12-24,2028-04-14")]
    [InlineData("XNAS", "2022-06-20,2025-01-09,2026-04-03,2026-11-26")]
    [InlineData("XLON", "2020-05-08,2021-12-28,2022-01-03,2022-06-02,2022-06-03,2022-09-19,2022-12-27,2023-05-08,2026-12-28,2027-12-27")]
    [InlineData("XETR", "2020-06-01,2021-05-24,2022-12-26,2024-05-01,2025-12-31,2026-12-24")]
    [InlineData("XHKG", "2020-10-13,2021-10-13,2023-07-17,2023-09-01,2023-09-08,2024-09-06")] // Typhoons, and a black rainstorm.
    [InlineData("XHKG", "2021-04-06,2022-09-12,2023-01-25,2026-04-07,2027-02-09,2027-12-27")]
    [InlineData("XTKS", "2020-01-03,2020-07-24,2020-10-01,2021-07-22,2024-05-06,2025-12-31,2026-09-22,2027-03-22")]
    public void A_holiday_has_no_session(string market, string dates) =>
        Assert.All(dates.Split(','), date => Assert.Null(Calendars.Get(market).SessionOn(Date(date))));

    [Theory]
    [InlineData("XNYS", "2021-06-18")] // Juneteenth is a holiday since 2022.
    [InlineData("XNYS", "2021-12-31")] // New Year's Day on a Saturday is not observed.
    [InlineData("XNYS", "2027-12-31")]
    [InlineData("XLON", "2020-05-04")] // The bank holiday was moved to 2020-05-08,
    [InlineData("XLON", "2022-05-30")] // and this one to 2022-06-02.
    [InlineData("XETR", "2022-06-06")] // Whit Monday is a trading day since 2022.
    [InlineData("XETR", "2022-10-03")]
    [InlineData("XHKG", "2021-06-28")] // A black rainstorm cost the morning only,
    [InlineData("XHKG", "2022-08-25")] // and so did a typhoon.
    [InlineData("XTKS", "2024-12-30")]
    public void A_day_next_to_a_rule_is_a_full_day(string market, string date) =>
        Assert.False(Assert.NotNull(Calendars.Get(market).SessionOn(Date(date))).IsHalfDay);

    [Theory]
    [InlineData("XNYS", 2020, 253)]
    [InlineData("XNYS", 2022, 251)]
    [InlineData("XNYS", 2023, 250)]
    [InlineData("XNYS", 2024, 252)]
    [InlineData("XNYS", 2025, 250)]
    [InlineData("XLON", 2022, 250)]
    [InlineData("XLON", 2024, 254)]
    [InlineData("XTKS", 2020, 242)]
    [InlineData("XTKS", 2024, 245)]
    [InlineData("24/7", 2024, 366)]
    public void A_year_has_the_number_of_sessions_the_exchange_reports(string market, int year, int sessions) =>
        Assert.Equal(sessions, Calendars.Get(market).Sessions(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)).Count);

    [Fact]
    public void Nasdaq_keeps_the_days_of_New_York()
    {
        var (first, last) = (new DateOnly(2020, 1, 1), new DateOnly(2028, 12, 31));

        Assert.Equal(Calendars.Get("XNYS").Sessions(first, last), Calendars.Get("XNAS").Sessions(first, last));
    }

    [Fact]
    public void The_seven_markets_are_built_in() =>
        Assert.Equal(["24/7", "XETR", "XHKG", "XLON", "XNAS", "XNYS", "XTKS"], Calendars.Names);

    [Fact]
    public void Every_market_is_known_from_2020_to_2027() => Assert.All(Calendars.Names, name =>
    {
        var calendar = Calendars.Get(name);
        Assert.True(calendar.FirstDate <= new DateOnly(2020, 1, 1) && calendar.LastDate >= new DateOnly(2027, 12, 31));
    });

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
