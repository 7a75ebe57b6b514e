using EodPredict.Providers.Configuration;

namespace EodPredict.Tests.Providers.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("48h", 172_800)]
    [InlineData("1h30m", 5_400)]
    [InlineData("250ms", 0.25)]
    [InlineData("1.5h", 5_400)]
    [InlineData("2d", 172_800)]
    [InlineData("01:30:00", 5_400)]
    [InlineData("1.12:00:00", 129_600)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("48")]
    [InlineData("")]
    [InlineData("-1h")]
    [InlineData("h")]
    [InlineData("1h 30")]
    [InlineData("999999999d")]
    [InlineData("24:00:00")]
    public void What_could_mean_two_things_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));
}
