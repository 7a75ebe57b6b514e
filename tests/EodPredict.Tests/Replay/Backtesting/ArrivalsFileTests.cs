using EodPredict.Replay.Backtesting;

namespace EodPredict.Tests.Replay.Backtesting;

public sealed class ArrivalsFileTests
{
    private const string Header = "ticker,session_date,close_utc,available_at_utc\n";

    [Fact]
    public async Task Sessions_are_read_in_order_of_date_and_ticker()
    {
        var sessions = await ReadAsync(Header
            + "B,2024-01-09,2024-01-09T22:00:00Z,2024-01-09T23:30:00Z\nB,2024-01-08,2024-01-08T22:00:00Z,\nA,2024-01-09,2024-01-09T22:00:00Z,2024-01-09T23:00:00Z\n");

        Assert.Equal(["B", "A", "B"], sessions.Select(s => s.Ticker));
        Assert.Null(sessions[0].Arrival);
        Assert.Equal(new DateTimeOffset(2024, 1, 9, 23, 30, 0, TimeSpan.Zero), sessions[2].Arrival);
    }

    [Theory]
    [InlineData("A,2024-01-08,2024-01-08T22:00:00Z,2024-01-08T21:00:00Z", "line 2", "before close_utc")]
    [InlineData("A,2024-13-08,2024-01-08T22:00:00Z,", "line 2", "2024-13-08")]
    [InlineData(",2024-01-08,2024-01-08T22:00:00Z,", "line 2", "ticker is empty")]
    [InlineData("A,2024-01-08,soon,", "line 2", "'soon' is not an instant")]
    [InlineData("A,2024-01-08,2024-01-08T22:00:00Z,\nA,2024-01-08", "line 3", "2 fields")]
    [InlineData("A,2024-01-08,2024-01-08T22:00:00Z,\nA,2024-01-08,2024-01-08T22:00:00Z,", "line 3", "already on line 2")]
    [InlineData("\"A,2024-01-08,2024-01-08T22:00:00Z,", "line 2", "1 fields")]
    [InlineData("", "line ", "no session")]
    public async Task A_line_that_cannot_be_used_is_refused_with_its_number_and_the_reason(string lines, string where, string why)
    {
        var fault = await Assert.ThrowsAsync<ArrivalsFileException>(() => ReadAsync(Header + lines));

        Assert.StartsWith("test.csv, " + where, fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_is_named()
    {
        var fault = await Assert.ThrowsAsync<ArrivalsFileException>(() => ReadAsync("ticker,session_date,close_utc\nA,2024-01-08,2024-01-08T22:00:00Z\n"));

        Assert.Contains("available_at_utc is missing", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<BacktestSession>> ReadAsync(string csv)
    {
        using var text = new StringReader(csv);
        return await ArrivalsFile.ReadAsync(text, "test.csv", CancellationToken.None);
    }
}
