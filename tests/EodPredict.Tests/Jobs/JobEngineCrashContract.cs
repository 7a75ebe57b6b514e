using EodPredict.Database;
using Npgsql;
using Xunit.Abstractions;

namespace EodPredict.Tests.Jobs;

/// <summary>What every job engine does when a process or the database goes away.</summary>
public abstract class JobEngineCrashContract(ITestOutputHelper output) : JobEngineTestBase
{
    // What the engines promise after a kill, as long as another process is up.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_jobs_of_a_killed_process_are_run_by_another()
    {
        const int Running = 4;
        const int Planned = 40;
        await using var installation = await InstallAsync();
        var now = installation.Time.GetUtcNow();
        var running = Enumerable.Range(0, Running).Select(i => Job("long", $"{i}", now));
        var doomed = await installation.StartWorkerAsync("A", [.. running]);
        await installation.UntilAsync("the long jobs run on A", runs => runs.Count == Running);

        var host = await installation.StartAsync("B");
        var from = installation.Time.GetUtcNow() + 3 * Second;
        var planned = Enumerable.Range(0, Planned).Select(i => Note(i, from + i * Second / 5)).ToList();
        await PlanAsync(host, planned);
        await installation.UntilPastAsync(from + 4 * Second);
        await doomed.KillAsync();
        var killed = installation.Time.GetUtcNow();
        var runs = await installation.UntilAsync(
            "the running and the planned jobs run on B",
            runs => Ids(runs, "long", "B").Count == Running && Ids(runs, "note").Count == Planned);

        var again = runs.Where(run => run is { Kind: "long", Process: "B" }).Max(run => run.Began) - killed;
        var late = runs.Where(run => run.Kind == "note")
            .GroupBy(run => run.Id).Max(own => own.First().Began - planned[int.Parse(own.Key)].At);
        output.WriteLine(
            $"{host.Engine.Name}: after SIGKILL {Running} running jobs ran again within {again.TotalSeconds:F1} s; a planned one " +
            $"was late by at most {late.TotalSeconds:F1} s; {runs.Count(run => run.Kind == "note") - Planned} were delivered twice");
        Assert.True(again < Recovery, $"{again}");
        Assert.True(late < Recovery, $"{late}");
    }

    [Fact]
    public async Task An_installation_whose_only_process_was_killed_goes_on_with_the_next()
    {
        await using var installation = await InstallAsync();
        var now = installation.Time.GetUtcNow();
        var doomed = await installation.StartWorkerAsync(
            "A", Job("long", "1", now), Note(1, now.AddSeconds(20)), Note(2, now.AddSeconds(35)));
        await installation.UntilAsync("the long job runs", runs => Ids(runs, "long", "A").Count == 1);
        await doomed.KillAsync();
        await installation.UntilPastAsync(now.AddSeconds(20));

        var started = installation.Time.GetUtcNow();
        var host = await installation.StartAsync("B");
        var runs = await installation.UntilAsync(
            "what ran and what was missed runs", runs => Ids(runs, "long", "B").Count == 1 && Ids(runs, "note", "B").Contains("1"));
        output.WriteLine($"{host.Engine.Name}: caught up {(runs[^1].Began - started).TotalSeconds:F1} s after the next start");
        await installation.UntilAsync("what was planned runs", runs => Ids(runs, "note", "B").Contains("2"), seconds: 90);
    }

    [Fact]
    public async Task A_body_is_cancelled_when_its_process_stops_and_is_run_again_by_the_next()
    {
        await using var installation = await InstallAsync();
        var first = await installation.StartAsync("A");
        var now = installation.Time.GetUtcNow();
        await PlanAsync(first, [Job("long", "1", now), Job("long", "2", now), Note(1, now.AddSeconds(1))]);
        await installation.UntilAsync("all run", runs => runs.Count == 3);

        await first.StopAsync();
        var stopped = await installation.RunsAsync();
        Assert.Equal(2, stopped.Count(run => run is { Kind: "long", Outcome: "cancelled" }));

        var began = installation.Time.GetUtcNow();
        var second = await installation.StartAsync("B");
        var runs = await installation.UntilAsync("the cancelled run again", runs => runs.Count >= 5);
        Assert.Equal(["1", "2"], runs.Where(run => run.Process == "B").Select(run => run.Id).Order());
        output.WriteLine($"{second.Engine.Name}: run again {(runs[^1].Began - began).TotalSeconds:F1} s after the next start");
        Assert.True(runs[^1].Began - began < Recovery);
    }

    [Fact]
    public async Task A_restart_of_the_database_stops_nothing_for_long()
    {
        var folder = Directory.CreateTempSubdirectory("eod-jobs-").FullName;
        var server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = folder, Durable = false, MaxConnections = 50 });
        await server.StartAsync(TestTime.Wall, CancellationToken.None);
        try
        {
            await using var installation = await MigratedAsync(server);
            var host = await installation.StartAsync("A");
            var now = installation.Time.GetUtcNow();
            var jobs = Enumerable.Range(0, 40).Select(i => Note(i, now + i * Second / 2)).ToList();
            await PlanAsync(host, [.. jobs, Job("long", "1", now)]);
            await installation.UntilAsync("some run", runs => runs.Count > 4);

            await server.StopAsync(CancellationToken.None);
            await installation.UntilPastAsync(now + 10 * Second);
            await server.StartAsync(TestTime.Wall, CancellationToken.None);
            var back = installation.Time.GetUtcNow();

            var runs = await installation.UntilAsync("all run", runs => Ids(runs, "note").Count == 40);
            var resumed = runs.Where(run => run.Kind == "note" && run.Began > back).Min(run => run.Began) - back;
            output.WriteLine($"{host.Engine.Name}: ran {resumed.TotalSeconds:F1} s after the database was back; {runs.Count} runs");
            Assert.All(runs.Where(run => run.Kind == "note"), run => Assert.True(run.Began >= jobs[int.Parse(run.Id)].At));

            await PlanAsync(host, [Note(99, installation.Time.GetUtcNow())]);
            await installation.UntilAsync("a new plan runs", runs => runs.Any(run => run.Id == "99"));
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HashSet<string> Ids(IEnumerable<RecordedRun> runs, string kind, string? process = null) =>
        [.. runs.Where(run => run.Kind == kind && (process is null || run.Process == process)).Select(run => run.Id)];

    private async Task<JobInstallation> MigratedAsync(PrivatePostgreSql server)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await DatabaseMigrations.ApplyAsync(database, TestTime.Wall, CancellationToken.None);
        return await InstallAsync(connectionString: server.ConnectionString);
    }
}
