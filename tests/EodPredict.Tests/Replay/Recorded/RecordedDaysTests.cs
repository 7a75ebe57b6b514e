using EodPredict.Replay.Recorded;

namespace EodPredict.Tests.Replay.Recorded;

public sealed class RecordedDaysTests
{
    private const string Header = "ticker,session_date,close_utc,available_at_utc\n";

    [Theory]
    [InlineData("rki", 5, 5705)]
    [InlineData("finance_daily", 4, 4205)]
    [InlineData("italy_covid", 2, 1934)]
    [InlineData("scoop_nightly", 16, 15110)]
    [InlineData("ark_funds", 8, 6652)]
    public async Task Every_recorded_series_comes_with_the_program(string name, int tickers, int rows)
    {
        var days = await RecordedDays.LoadAsync(RecordedSamples.PathOf(name), CancellationToken.None);

        Assert.Equal(tickers, days.Tickers.Count);
        Assert.Equal(rows, days.Sessions.Count);
        Assert.All(days.Sessions, session => Assert.InRange(session.Delay!.Value, TimeSpan.Zero, TimeSpan.FromHours(48)));
    }

    [Fact]
    public async Task Sessions_are_sorted_by_date_then_ticker_and_found_again()
    {
        var days = await ReadAsync(Header + """
            B,2024-03-28,2024-03-28T20:00:00Z,2024-03-28T21:35:10Z
            B,2024-03-27,2024-03-27T20:00:00Z,
            A,2024-03-28,2024-03-28T22:00:00+02:00,2024-03-28T20:00:00.5Z
            """);

        Assert.Equal(["B 2024-03-27", "A 2024-03-28", "B 2024-03-28"], days.Sessions.Select(s => $"{s.Ticker} {s.SessionDate:yyyy-MM-dd}"));
        Assert.Equal([new DateOnly(2024, 3, 27), new DateOnly(2024, 3, 28)], days.SessionDates);
        Assert.Equal(2, days.Of("B").Count);
        Assert.Empty(days.Of("C"));
        Assert.Null(days.Find("B", new(2024, 3, 27))!.Arrival);
        Assert.Equal(TimeSpan.FromSeconds(0.5), days.Find("A", new(2024, 3, 28))!.Delay);
        Assert.Null(days.Find("A", new(2024, 3, 27)));
    }

    [Theory]
    [InlineData("A,2024-03-28,2024-03-28T20:00:00Z", "it has 3 fields")]
    [InlineData("A,2024-03-28,2024-03-28T20:00:00Z,,x", "it has 5 fields")]
    [InlineData(",2024-03-28,2024-03-28T20:00:00Z,", "the ticker is empty")]
    [InlineData("A,28.03.2024,2024-03-28T20:00:00Z,", "session_date '28.03.2024'")]
    [InlineData("A,2024-03-28,2024-03-28T20:00:00,", "close_utc '2024-03-28T20:00:00'")]
    [InlineData("A,2024-03-28,2024-03-28T20:00:00Z,later", "available_at_utc 'later'")]
    [InlineData("A,2024-03-28,2024-03-28T20:00:00Z,2024-03-28T19:59:59Z", "is before close_utc")]
    [InlineData("Z,2024-03-27,2024-03-27T20:00:00Z,", "stands in line 2 already")]
    [InlineData("A\"x\",2024-03-28,2024-03-28T20:00:00Z,", "quotation mark")]
    public async Task A_bad_line_is_refused_with_file_line_and_reason(string line, string reason)
    {
        var refusal = await Assert.ThrowsAsync<RecordedDaysException>(
            () => ReadAsync(Header + "Z,2024-03-27,2024-03-27T20:00:00Z,\n" + line + "\nZ,2024-03-29,2024-03-29T20:00:00Z,\n"));

        var fault = Assert.Single(refusal.Faults);
        Assert.Equal(3, fault.Line);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.StartsWith("days.csv cannot be used: 1 bad line.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("  line 3: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_twenty_bad_lines_are_listed_and_all_are_counted()
    {
        var bad = string.Concat(Enumerable.Repeat("bad\n", 25));

        var refusal = await Assert.ThrowsAsync<RecordedDaysException>(() => ReadAsync(Header + bad));

        Assert.Equal(Enumerable.Range(2, 20), refusal.Faults.Select(fault => fault.Line));
        Assert.Equal(25, refusal.FaultCount);
        Assert.EndsWith("and 5 more", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("symbol,session_date,close_utc,available_at_utc\n")]
    public async Task A_file_without_the_columns_is_refused(string text)
    {
        var refusal = await Assert.ThrowsAsync<RecordedDaysException>(() => ReadAsync(text));

        Assert.Contains("line 1: the header must name the columns ticker, session_date", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_series_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<ArgumentException>(() => RecordedSamples.PathOf("moon"));

        Assert.Contains("ark_funds, finance_daily", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<RecordedDays> ReadAsync(string text) =>
        RecordedDays.ReadAsync(new StringReader(text), "days.csv", CancellationToken.None);
}
