namespace EodPredict.Service.Tests;

public sealed class CommandLineTests(TestFolder folder) : IClassFixture<TestFolder>
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("serve", "--port", "80a")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("serve", "--port", "0", "--urls", "http://127.0.0.1:0")]
    [InlineData("serve", "surplus")]
    [InlineData]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(params string[] arguments)
    {
        await using var eod = await EodProcess.RunAsync(folder, arguments);
        Assert.Equal(2, await eod.ExitCodeAsync());
        Assert.StartsWith("eod: ", eod.Error, StringComparison.Ordinal);
        Assert.Contains("--help", eod.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_ends_with_0_and_names_the_commands()
    {
        await using var eod = await EodProcess.RunAsync(folder, ["--help"]);
        Assert.Equal(0, await eod.ExitCodeAsync());
        Assert.Contains("serve", eod.Output, StringComparison.Ordinal);
    }
}
