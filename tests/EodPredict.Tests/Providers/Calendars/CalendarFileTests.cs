using System.Globalization;
using System.Text;
using EodPredict.Providers.Calendars;

namespace EodPredict.Tests.Providers.Calendars;

public sealed class CalendarFileTests
{
    [Fact]
    public void A_file_becomes_a_calendar()
    {
        var calendar = Read("""
            {
              // Riyadh rests on Friday and Saturday.
              "name": "XSAU", "market": "Saudi Exchange", "source": "its calendar", "zone": "Asia/Riyadh",
              "first_year": 2026, "last_year": 2026,
              "weekend": ["Friday", "Saturday"],
              "usual_closes": [{ "from": "2020-01-01", "close": "15:00" }, { "from": "2026-03-01", "close": "24:00" }],
              "holidays": [{ "date": "2026-02-22", "name": "Founding Day" }],
              "early_closes": [{ "date": "2026-02-23", "close": "13:00", "name": "Eve" }],
              "special_sessions": [{ "date": "2026-02-27", "close": "14:00", "name": "Test of systems" }]
            }
            """);

        Assert.Equal(
            [
                Session("2026-02-19", "2026-02-19T12:00Z", false),
                Session("2026-02-23", "2026-02-23T10:00Z", true),
                Session("2026-02-24", "2026-02-24T12:00Z", false),
                Session("2026-02-25", "2026-02-25T12:00Z", false),
                Session("2026-02-26", "2026-02-26T12:00Z", false),
                Session("2026-02-27", "2026-02-27T11:00Z", true),
                Session("2026-03-01", "2026-03-01T21:00Z", false),
            ],
            calendar.Sessions(new(2026, 2, 19), new(2026, 3, 1)));
    }

    [Fact]
    public void All_contradictions_are_listed_at_once_each_with_its_line() => Assert.Equal(
        [
            "8: holiday 2026-01-01 stands twice",
            "9: holiday 2026-07-04 is on a Saturday, a weekend day",
            "10: holiday 2026-05-25 stands after 2026-07-04; entries are in order of date",
            "11: holiday 2027-01-01 is outside the years covered, 2026 to 2026",
            "14: early close 2026-05-25 is on a holiday",
            "15: early close 2026-11-27 at 16:00 is not before the usual close at 16:00",
            "16: early close 2026-11-28 is on a Saturday, a weekend day",
            "18: special session 2026-11-30 is on a Monday, not on a weekend",
        ],
        Faults("""
            {
              "name": "XNYS", "zone": "America/New_York",
              "first_year": 2026, "last_year": 2026,
              "weekend": ["Saturday", "Sunday"],
              "usual_closes": [{ "from": "2026-01-01", "close": "16:00" }],
              "holidays": [
                { "date": "2026-01-01", "name": "New Year's Day" },
                { "date": "2026-01-01", "name": "New Year's Day" },
                { "date": "2026-07-04", "name": "Independence Day" },
                { "date": "2026-05-25", "name": "Memorial Day" },
                { "date": "2027-01-01", "name": "New Year's Day" }
              ],
              "early_closes": [
                { "date": "2026-05-25", "close": "13:00", "name": "Half day" },
                { "date": "2026-11-27", "close": "16:00", "name": "Half day" },
                { "date": "2026-11-28", "close": "13:00", "name": "Half day" }
              ],
              "special_sessions": [{ "date": "2026-11-30", "close": "13:00", "name": "Session" }]
            }
            """));

    [Fact]
    public void All_faults_of_form_are_listed_at_once_each_with_its_line() => Assert.Equal(
        [
            "1: 'last_year' is missing",
            "2: name must be a text",
            "3: zone 'Europe/Atlantis' is no IANA time zone, such as America/New_York",
            "4: first_year must be a whole number from 1900 to 2199",
            "5: weekend: 'Caturday' is no day; allowed are Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday",
            "6: close '25:00' is no time; expected is HH:mm from 00:01 to 24:00",
            "7: 'close' is not known here; allowed are date, name",
            "8: date '2026-02-30' is no date; expected is yyyy-MM-dd",
            "8: 'name' is missing",
            "10: early_closes must be an array",
            "11: 'half_days' is not known here; allowed are name, market, source, zone, first_year, last_year, weekend, usual_closes, "
            + "holidays, early_closes, special_sessions",
        ],
        Faults("""
            {
              "name": 7,
              "zone": "Europe/Atlantis",
              "first_year": "2026",
              "weekend": ["Saturday", "Caturday"],
              "usual_closes": [{ "from": "2026-01-01", "close": "25:00" }],
              "holidays": [{ "date": "2026-01-01", "close": "13:00", "name": "New Year's Day" },
                { "date": "2026-02-30" }
              ],
              "early_closes": "none",
              "half_days": []
            }
            """));

    [Fact]
    public void A_fault_of_syntax_names_its_line() =>
        Assert.StartsWith("3: not JSON: ", Assert.Single(Faults("{\n  \"name\": \"XNYS\",\n  oops\n}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{ \"name\": \"\\ud800\" }")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_not_one_object_is_refused(string text) => Assert.NotEmpty(Faults(text));

    [Fact]
    public void A_close_that_daylight_saving_skips_or_repeats_is_refused() => Assert.Equal(
        [
            "4: the close of 2026-03-08 is skipped or stands twice by daylight saving in America/New_York",
            "6: the close of 2026-11-01 is skipped or stands twice by daylight saving in America/New_York",
        ],
        Faults("""
            {
              "name": "night", "zone": "America/New_York", "first_year": 2026, "last_year": 2026, "weekend": [], "holidays": [],
              "usual_closes": [
                { "from": "2026-01-01", "close": "02:30" }
              ],
              "early_closes": [{ "date": "2026-11-01", "close": "01:30", "name": "Early" }]
            }
            """));

    [Fact]
    public void The_first_day_covered_needs_a_usual_close() => Assert.Equal(
        ["2: no usual close is given from 2026-01-01, the first day covered"],
        Faults("""
            { "name": "late", "zone": "Etc/UTC", "first_year": 2026, "last_year": 2026, "weekend": [], "holidays": [], "early_closes": [],
              "usual_closes": [{ "from": "2026-01-02", "close": "16:00" }] }
            """));

    [Fact]
    public void A_byte_order_mark_is_no_fault()
    {
        var text = """
            { "name": "marked", "zone": "Etc/UTC", "first_year": 2026, "last_year": 2026, "weekend": [], "holidays": [], "early_closes": [],
              "usual_closes": [{ "from": "2026-01-01", "close": "16:00" }] }
            """;

        Assert.NotNull(CalendarFile.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], out _));
    }

    private static MarketCalendar Read(string text)
    {
        var calendar = CalendarFile.Read(Encoding.UTF8.GetBytes(text), out var faults);
        Assert.Empty(faults);
        return calendar!;
    }

    private static IEnumerable<string> Faults(string text)
    {
        Assert.Null(CalendarFile.Read(Encoding.UTF8.GetBytes(text), out var faults));
        return faults.Select(fault => $"{fault.Line}: {fault.Reason}");
    }

    private static TradingSession Session(string date, string close, bool isHalfDay) =>
        new(DateOnly.Parse(date, CultureInfo.InvariantCulture), DateTimeOffset.Parse(close, CultureInfo.InvariantCulture), isHalfDay);
}
