using System.Globalization;

namespace EodPredict.Service.Tests;

/// <summary>Several commands that scrape one endpoint share its limit, whatever becomes of them and of PostgreSQL.</summary>
public sealed class SharedScrapeTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private (string, string) Database => ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");

    [Fact]
    public async Task What_a_killed_or_paused_process_had_goes_to_the_others()
    {
        using var folder = new TestFolder();
        await using var vendor = await LimitedVendor.StartAsync(folder, "TokenBucket", 60);
        Dictionary<string, EodProcess> scrapes = [];
        foreach (var job in (string[])["shared-1", "shared-2", "shared-3"])
        {
            scrapes[job] = EodProcess.Start(
                folder, ["scrape", "--job", job, "--url", $"{vendor.Url}items/{{id}}", "--ids", "1..100000"], Database);
        }

        await MembersAsync(3);
        var first = await LeaderAsync();
        scrapes[first].Signal("KILL");
        await MembersAsync(2);
        var second = await LeaderAsync();
        Assert.NotEqual(first, second);

        var third = scrapes.Keys.Single(job => job != first && job != second);
        scrapes[second].Signal("STOP");
        await TestTime.UntilAsync("the last one leads alone", async () => await LeaderAsync() == third && await MembersAsync() == 0);
        var stored = await StoredAsync(third);
        await TestTime.UntilAsync("it goes on", async () => await StoredAsync(third) > stored);
        scrapes[second].Signal("CONT");
        await MembersAsync(2);

        served.KillPostgreSql();
        await MembersAsync(2);
        stored = await StoredAsync(second) + await StoredAsync(third);
        await TestTime.UntilAsync("they go on", async () => await StoredAsync(second) + await StoredAsync(third) > stored);
        foreach (var job in (string[])[second, third])
        {
            scrapes[job].Signal("INT");
            Assert.Equal(130, await scrapes[job].ExitCodeAsync());
        }

        foreach (var scrape in scrapes.Values)
        {
            await scrape.DisposeAsync();
        }

        Assert.Equal("0", await ScalarAsync("select count(*) from eod.endpoint_share"));
    }

    private Task MembersAsync(int expected) =>
        TestTime.UntilAsync($"{expected} share the limit", async () => await MembersAsync() == expected);

    private async Task<int> MembersAsync() => int.Parse(
        await ScalarAsync(
            "select coalesce(sum(jsonb_array_length(plan -> 'members')), -1) from eod.endpoint_lead where leads_until > now()"),
        CultureInfo.InvariantCulture);

    private Task<string> LeaderAsync() => ScalarAsync(
        "select coalesce(max(name), '') from eod.endpoint_lead join eod.scrape_job using (job_id) where leads_until > now()");

    private async Task<long> StoredAsync(string job) =>
        long.Parse(await ScalarAsync($"select stored from eod.scrape_job where name = '{job}'"), CultureInfo.InvariantCulture);

    private async Task<string> ScalarAsync(string sql)
    {
        try
        {
            await using var command = served.Database.CreateCommand(sql);
            return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
        }
        catch (Npgsql.NpgsqlException)
        {
            // The server is being restarted.
            return "-1";
        }
    }
}
