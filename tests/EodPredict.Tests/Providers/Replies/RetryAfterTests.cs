using EodPredict.Providers.Replies;

namespace EodPredict.Tests.Providers.Replies;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 0 ", 0)]
    [InlineData("7200", 3600)]
    [InlineData("99999999999999999999999", 3600)]
    [InlineData("Fri, 30 Jan 2026 22:05:00 GMT", 300)]
    [InlineData("Fri, 30 Jan 2026 21:00:00 GMT", 0)]
    [InlineData("Sat, 31 Jan 2026 22:00:00 GMT", 3600)]
    public void Seconds_and_dates_are_read_and_capped_at_an_hour(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(header, Some.Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("1.5")]
    public void What_says_nothing_is_nothing(string? header) => Assert.Null(RetryAfter.Read(header, Some.Now));
}
