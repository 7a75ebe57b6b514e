namespace EodPredict.Service.Tests;

public sealed class ConfigurationTests(TestFolder folder) : IClassFixture<TestFolder>
{
    [Fact]
    public async Task All_faults_are_told_at_once_each_with_its_key()
    {
        await using var eod = await EodProcess.RunAsync(
            folder, ["serve"], ("Eod:Clock:Speed", "-3"), ("Eod:Jobs:Workers", "0"), ("Eod:Urls", "ftp://here"), ("Eod:DataFoldr", "/x"));
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.All(
            ["Eod:Clock:Speed is -3", "Eod:Jobs:Workers is 0", "Eod:Urls has 'ftp://here'", "Eod:DataFoldr is not known"],
            fault => Assert.Contains(fault, eod.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", eod.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_json_is_told_with_its_name()
    {
        var file = folder.Write("broken.json", "{ \"Eod\": { \"Urls\": }");
        await using var eod = await EodProcess.RunAsync(folder, ["serve", "--config", file]);
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("broken.json cannot be read as JSON", eod.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_with_its_name()
    {
        await using var eod = await EodProcess.RunAsync(folder, ["serve", "--config", "nowhere.json"]);
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("nowhere.json", eod.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_connection_string_is_told_without_its_password()
    {
        await using var eod = await EodProcess.RunAsync(
            folder, ["serve"], ("ConnectionStrings:Eod", "Host=db;Pasword=hunter2;Database=eod"));
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Contains("ConnectionStrings:Eod", eod.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", eod.Error + eod.Output, StringComparison.Ordinal);
    }
}
