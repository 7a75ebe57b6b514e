using System.Net;

namespace EodPredict.Service.Tests;

public sealed class CrashTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_PostgreSQL_is_said_and_started_again()
    {
        await using var eod = await EodProcess.ServeAsync(_folder);
        var before = _folder.PostgreSqlProcess;
        _folder.KillPostgreSql();
        await SaidAsync(eod, "The database is gone");
        await SaidAsync(eod, "The database is back");
        Assert.Equal(HttpStatusCode.OK, await eod.StatusOfAsync("/health/ready"));
        Assert.NotEqual(before, _folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task While_the_database_is_away_the_service_lives_but_is_not_ready()
    {
        await using var server = await EodProcess.ServeAsync(_folder);
        var connection = ("ConnectionStrings:Eod", $"Host={_folder.Data};Username=eod;Database=eod");
        await using var eod = await EodProcess.ServeAsync(_folder, connection);
        Assert.Equal(HttpStatusCode.OK, await eod.StatusOfAsync("/health/ready"));

        server.Signal("KILL");
        await server.ExitCodeAsync();
        _folder.KillPostgreSql();
        await TestTime.UntilAsync(
            "it is not ready", async () => await eod.StatusOfAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await eod.StatusOfAsync("/health/live"));

        await using var again = await EodProcess.ServeAsync(_folder);
        await TestTime.UntilAsync("it is ready again", async () => await eod.StatusOfAsync("/health/ready") == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_killed_service_starts_again_on_its_folder()
    {
        await using (var killed = await EodProcess.ServeAsync(_folder))
        {
            killed.Signal("KILL");
            Assert.Equal(137, await killed.ExitCodeAsync());
        }

        var left = _folder.PostgreSqlProcess;
        Assert.NotNull(left);
        await using var eod = await EodProcess.ServeAsync(_folder);
        Assert.Equal(HttpStatusCode.OK, await eod.StatusOfAsync("/health/ready"));
        Assert.Equal(left, _folder.PostgreSqlProcess);
    }

    private static Task SaidAsync(EodProcess eod, string words) =>
        TestTime.UntilAsync($"it says: {words}", () => Task.FromResult(eod.Output.Contains(words, StringComparison.Ordinal)));
}
