using EodPredict.Tests.Worker;
using Xunit.Abstractions;

namespace EodPredict.Tests.Jobs;

/// <summary>What every job engine does with planned runs.</summary>
public abstract class JobEngineContract(ITestOutputHelper output) : JobEngineTestBase
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_job_runs_at_its_instant_and_never_before()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        var from = installation.Time.GetUtcNow() + 4 * Second;

        // Instants off every grid: an engine that keeps whole seconds or milliseconds must not be early by the rest.
        var jobs = Enumerable.Range(0, 100).Select(i => Note(i, from + i * TimeSpan.FromTicks(2_012_347))).ToList();
        await PlanAsync(host, jobs);
        var runs = await installation.UntilAsync("100 jobs run", runs => runs.Count >= 100);

        var late = runs.Select(run => run.Began - jobs[int.Parse(run.Id)].At).Order().ToList();
        output.WriteLine(
            $"{host.Engine.Name}: late by {late[0].TotalMilliseconds:F1} ms at least, p50 {late[49].TotalMilliseconds:F1} ms, " +
            $"p95 {late[94].TotalMilliseconds:F1} ms, at most {late[^1].TotalMilliseconds:F1} ms");
        Assert.All(late, lateness => Assert.True(lateness >= TimeSpan.Zero, $"early by {-lateness}"));
        Assert.True(late[49] < 5 * Second, $"p50 {late[49]}");
    }

    [Fact]
    public async Task It_names_itself_and_its_version()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        Assert.Matches(@"^[A-Z][A-Za-z.]+ \d+\.\d+\.\d+$", host.Engine.Name);
    }

    [Fact]
    public async Task An_instant_in_the_past_means_now()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        await PlanAsync(
            host,
            [Note(1, installation.Time.GetUtcNow().AddDays(-400)), Note(2, DateTimeOffset.UnixEpoch)]);
        await installation.UntilAsync("both run", runs => runs.Count == 2);
    }

    [Fact]
    public async Task A_newer_plan_replaces_an_older_one_whoever_made_it()
    {
        await using var installation = await InstallAsync();
        var first = await installation.StartAsync("A");
        var second = await installation.StartAsync("B");
        var now = installation.Time.GetUtcNow();
        await PlanAsync(first, [Note(1, now + 3 * Second), Note(2, now.AddHours(1)), Note(3, now.AddHours(1))]);
        await PlanAsync(second, [Note(1, now + 6 * Second), Note(2, now + 5 * Second)]);
        await PlanAsync(first, [Note(3, now + 8 * Second)]);

        var runs = await installation.UntilAsync("all three run", runs => runs.Select(run => run.Id).Distinct().Count() == 3);
        Assert.Equal(["2", "1", "3"], runs.Select(run => run.Id));
        Assert.True(runs[1].Began >= now + 6 * Second);
    }

    [Fact]
    public async Task A_plan_given_twice_in_one_call_is_the_last_of_them()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        var now = installation.Time.GetUtcNow();
        await PlanAsync(host, [Note(1, now + Second), Note(1, now + 4 * Second), Note(2, now + 6 * Second)]);
        await PlanAsync(host, []);
        var runs = await installation.UntilAsync("the later job runs", runs => runs.Any(run => run.Id == "2"));
        Assert.True(Assert.Single(runs, run => run.Id == "1").Began >= now + 4 * Second);
    }

    [Fact]
    public async Task A_body_plans_its_own_next_run_under_its_own_key()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(new(2026, 11, 20, 21, 0, 0, TimeSpan.Zero), 60));
        var host = await installation.StartAsync("A");
        await installation.StartAsync("B");
        var jobs = Enumerable.Range(0, 5).Select(i => Job("again", $"{i}", installation.Time.GetUtcNow().AddSeconds(i))).ToList();
        await PlanAsync(host, jobs);
        var runs = await installation.UntilAsync("each runs three times", runs => runs.Count >= jobs.Count * RecordingBodies.Again);
        foreach (var own in runs.GroupBy(run => run.Id).Select(group => group.ToList()))
        {
            Assert.Equal(RecordingBodies.Again, own.Count);
            Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.Second.Began - pair.First.Began >= TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public async Task A_cancelled_plan_does_not_run_and_an_unknown_one_is_no_error()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        var other = await installation.StartAsync("B");
        var now = installation.Time.GetUtcNow();
        await PlanAsync(host, [Note(1, now + 3 * Second), Note(2, now + 3 * Second), Note(3, now + 5 * Second)]);
        await host.Engine.CancelAsync(new("note", "1"), CancellationToken.None);
        await other.Engine.CancelAsync(new("note", "2"), CancellationToken.None);
        await host.Engine.CancelAsync(new("note", "never planned"), CancellationToken.None);
        await host.Engine.CancelAsync(new("no such kind", "1"), CancellationToken.None);

        var runs = await installation.UntilAsync("the job that stayed runs", runs => runs.Count > 0);
        Assert.Equal("3", Assert.Single(runs).Id);
        await host.Engine.CancelAsync(new("note", "3"), CancellationToken.None);
        await PlanAsync(host, [Note(3, installation.Time.GetUtcNow())]);
        await installation.UntilAsync("a key is free again after its run", runs => runs.Count == 2);
    }

    [Fact]
    public async Task A_body_that_throws_is_not_run_again_and_stops_nobody()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A", workers: 2);
        var now = installation.Time.GetUtcNow();
        await PlanAsync(
            host,
            [.. Enumerable.Range(0, 6).Select(i => Job("fail", $"{i}", now)), Job("no such kind", "1", now),
                .. Enumerable.Range(0, 5).Select(i => Note(i, now + (i + 1) * Second))]);
        var runs = await installation.UntilAsync("the others run", runs => runs.Count(run => run.Kind == "note") == 5);
        Assert.Equal(6, runs.Count(run => run.Kind == "fail"));
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_lose_nothing()
    {
        await using var installation = await InstallAsync();
        var first = await installation.StartAsync("A", workers: 4);
        await installation.StartAsync("B", workers: 4);
        var at = installation.Time.GetUtcNow() + 5 * Second;
        await PlanAsync(first, [.. Enumerable.Range(0, 100).Select(i => Job("brief", $"{i}", at))]);
        var runs = await installation.UntilAsync("100 jobs run", runs => runs.Select(run => run.Id).Distinct().Count() == 100);
        var shares = runs.CountBy(run => run.Process).ToDictionary();
        output.WriteLine($"{first.Engine.Name}: {string.Join(", ", shares)}, delivered twice {runs.Count - 100}");
        Assert.Equal(2, shares.Count);
        Assert.All(runs, run => Assert.True(run.Began >= at));
    }

    [Fact]
    public async Task Two_thousand_jobs_are_planned_at_once_and_all_run()
    {
        const int Jobs = 2000;
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A", workers: 20);
        var at = installation.Time.GetUtcNow().AddDays(1);
        var began = TestTime.Wall.GetTimestamp();
        await PlanAsync(host, [.. Enumerable.Range(0, Jobs).Select(i => Note(i, at))]);
        var planned = TestTime.Wall.GetElapsedTime(began);
        await PlanAsync(host, [.. Enumerable.Range(0, Jobs).Select(i => Note(i, installation.Time.GetUtcNow()))]);
        var replaced = TestTime.Wall.GetElapsedTime(began) - planned;
        var runs = await installation.UntilAsync("all run", runs => runs.Select(run => run.Id).Distinct().Count() == Jobs, seconds: 180);
        var span = runs[^1].Wall - runs[0].Wall;
        output.WriteLine(
            $"{host.Engine.Name}: {Jobs} planned in {planned.TotalSeconds:F1} s, replaced in {replaced.TotalSeconds:F1} s, " +
            $"run in {span.TotalSeconds:F1} s ({Jobs / span.TotalSeconds:F0}/s), delivered twice {runs.Count - Jobs}");
        Assert.True(planned < TimeSpan.FromMinutes(3), $"{planned}");
    }

    [Fact]
    public async Task Processes_that_start_together_on_an_empty_database_all_come_up()
    {
        await using var installation = await InstallAsync();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => installation.StartAsync($"{i}"))));
        await Task.WhenAll(hosts.Select((host, i) => PlanAsync(host, [Note(i, installation.Time.GetUtcNow())])));
        await installation.UntilAsync("each one's job runs", runs => runs.Select(run => run.Id).Distinct().Count() == 3);
    }
}
