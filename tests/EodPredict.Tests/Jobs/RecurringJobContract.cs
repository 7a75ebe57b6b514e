using EodPredict.Jobs;
using Xunit.Abstractions;

namespace EodPredict.Tests.Jobs;

/// <summary>What every job engine does with recurring jobs and with a service's clock that is not the wall clock.</summary>
public abstract class RecurringJobContract(ITestOutputHelper output) : JobEngineTestBase
{
    private const string NewYork = "America/New_York";

    [Fact]
    public async Task On_a_scaled_clock_a_job_runs_at_its_service_instant()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(new(2026, 11, 20, 21, 0, 0, TimeSpan.Zero), 1440));
        var host = await installation.StartAsync("A");
        var from = installation.Time.GetUtcNow().AddHours(1);
        var jobs = Enumerable.Range(0, 40).Select(i => Note(i, from + i * TimeSpan.FromMinutes(3.7))).ToList();
        await PlanAsync(host, jobs);
        var runs = await installation.UntilAsync("all run", runs => runs.Count >= 40);
        var late = runs.Select(run => run.Began - jobs[int.Parse(run.Id)].At).Order().ToList();
        output.WriteLine(
            $"{host.Engine.Name}: at 1440 p50 {late[19].TotalMinutes:F1} min, p95 {late[37].TotalMinutes:F1} min of service time");
        Assert.All(late, lateness => Assert.True(lateness >= TimeSpan.Zero, $"early by {-lateness}"));
    }

    [Theory]
    [InlineData("2026-03-06T12:00:00Z", "30 2 * * *", "2026-03-07T07:30Z", "2026-03-08T07:00Z", "2026-03-09T06:30Z", "2026-03-10T06:30Z")]
    [InlineData("2026-10-30T12:00:00Z", "30 1 * * *", "2026-10-31T05:30Z", "2026-11-01T05:30Z", "2026-11-02T06:30Z", "2026-11-03T06:30Z")]
    [InlineData("2026-11-20T20:00:00Z", "0 2 * * 1-5", "2026-11-23T07:00Z", "2026-11-24T07:00Z")]
    public async Task A_recurring_job_follows_its_zone_through_daylight_saving(string from, string cron, params string[] expected)
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant(from), 14_400));
        var host = await installation.StartAsync("A");
        await installation.StartAsync("B");
        await host.Engine.RepeatAsync(Recurring("1", cron, NewYork, MissedRuns.RunOnce), CancellationToken.None);
        var runs = await installation.UntilAsync("each day's run", runs => runs.Count >= expected.Length, seconds: 90);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(runs[i].Began >= Instant(expected[i]), $"run {i + 1} at {runs[i].Began:u} is before {expected[i]}");
            if (i + 1 < expected.Length)
                Assert.True(runs[i].Began < Instant(expected[i + 1]), $"run {i + 1} at {runs[i].Began:u} is too late for {expected[i]}");
        }
    }

    [Fact]
    public async Task Missed_runs_are_made_up_for_once_or_skipped_as_asked()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T09:00Z"), 4_320));
        var first = await installation.StartAsync("A");
        await first.Engine.RepeatAsync(Recurring("once", "0 12 * * *", "Etc/UTC", MissedRuns.RunOnce), CancellationToken.None);
        await first.Engine.RepeatAsync(Recurring("skip", "0 12 * * *", "Etc/UTC", MissedRuns.Skip), CancellationToken.None);
        await installation.UntilAsync("the first day's runs", runs => runs.Count == 2);
        await first.StopAsync();
        await installation.UntilPastAsync(installation.Time.GetUtcNow().Date.AddDays(2).AddHours(13));

        await installation.StartAsync("B");
        var started = installation.Time.GetUtcNow();
        var runs = await installation.UntilAsync("the next day's run", runs => runs.Count(run => run.Id == "skip") == 2);
        var next = runs.Last(run => run.Id == "skip").Began;
        var due = next.AddHours(-12).Date.AddHours(12);
        Assert.True(due > started, $"the run of {due:u}, missed before {started:u}, was not skipped");
        Assert.Single(runs, run => run.Id == "once" && run.Began > started.AddDays(-1) && run.Began < due);
    }

    [Fact]
    public async Task A_recurring_job_told_again_at_the_next_start_keeps_its_missed_run()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T09:00Z"), 4_320));
        var daily = Recurring("1", "0 12 * * *", "Etc/UTC", MissedRuns.RunOnce);
        var first = await installation.StartAsync("A", repeated: daily);
        await first.StopAsync();
        var before = (await installation.RunsAsync()).Count;
        await installation.UntilPastAsync(installation.Time.GetUtcNow().Date.AddDays(1).AddHours(13));

        await installation.StartAsync("B", repeated: daily);
        var due = installation.Time.GetUtcNow().AddHours(-12).Date.AddDays(1).AddHours(12);
        var runs = await installation.UntilAsync("the missed run", runs => runs.Count > before);
        Assert.True(runs[before].Began < due, $"{runs[before].Began:u} is no run before {due:u}");
    }

    [Fact]
    public async Task A_recurring_job_is_replaced_and_stopped()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T00:00Z"), 10_800));
        var host = await installation.StartAsync("A");
        var other = await installation.StartAsync("B");
        await host.Engine.RepeatAsync(Recurring("1", "0 8 * * *", "Etc/UTC", MissedRuns.RunOnce), CancellationToken.None);
        await other.Engine.RepeatAsync(Recurring("1", "0 18 * * *", "Etc/UTC", MissedRuns.RunOnce), CancellationToken.None);
        var runs = await installation.UntilAsync("two runs", runs => runs.Count >= 2);
        Assert.True(runs[0].Began >= Instant("2026-06-01T18:00Z"), $"{runs[0].Began:u}");
        Assert.True(runs[1].Began >= Instant("2026-06-02T18:00Z"), $"{runs[1].Began:u}");

        await other.Engine.StopRepeatingAsync(new("note", "1"), CancellationToken.None);
        await other.Engine.StopRepeatingAsync(new("note", "unknown"), CancellationToken.None);
        var stopped = installation.Time.GetUtcNow();
        await installation.UntilPastAsync(stopped.AddDays(1.5));
        Assert.DoesNotContain(await installation.RunsAsync(), run => run.Began > stopped.AddHours(6));
    }

    [Fact]
    public async Task A_recurring_job_that_throws_comes_again()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T00:00Z"), 10_800));
        var host = await installation.StartAsync("A");
        await host.Engine.RepeatAsync(
            new(new("fail", "1"), "0 8 * * *", "Etc/UTC", MissedRuns.RunOnce, "Fails daily"), CancellationToken.None);
        var runs = await installation.UntilAsync("three runs", runs => runs.Count >= 3);
        Assert.True(runs[2].Began >= Instant("2026-06-03T08:00Z"), $"{runs[2].Began:u}");
    }

    [Fact]
    public async Task A_recurring_job_survives_a_kill()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T00:00Z"), 8_640));
        var doomed = await installation.StartWorkerAsync("A");
        await using (var planner = await installation.StartAsync("planner"))
        {
            await planner.Engine.RepeatAsync(
                new(new("long", "1"), "0 8 * * *", "Etc/UTC", MissedRuns.RunOnce, "Runs until it is killed"), CancellationToken.None);
        }

        await installation.UntilAsync("it runs on A", runs => runs.Any(run => run is { Process: "A" }));
        await doomed.KillAsync();
        var killed = installation.Time.GetUtcNow();
        await installation.StartAsync("B");
        await installation.UntilAsync(
            "it runs on B, today and on another day", runs => runs.Any(run => run.Process == "B" && run.Began > killed.AddDays(1)));
    }

    [Fact]
    public async Task On_the_wall_clock_a_recurring_job_runs_by_the_minute_and_treats_missed_runs_as_asked()
    {
        await using var installation = await InstallAsync();
        var first = await installation.StartAsync("A");
        await first.Engine.RepeatAsync(Recurring("once", "* * * * *", NewYork, MissedRuns.RunOnce), CancellationToken.None);
        await first.Engine.RepeatAsync(Recurring("skip", "* * * * *", NewYork, MissedRuns.Skip), CancellationToken.None);
        await first.StopAsync();
        var before = (await installation.RunsAsync()).Count;
        var minute = installation.Time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute + 1;
        await installation.UntilPastAsync(new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddSeconds(1));

        await installation.StartAsync("B");
        var runs = await installation.UntilAsync(
            "the next minute's run of the one that skips", runs => runs.Skip(before).Any(run => run.Id == "skip"), seconds: 90);
        var next = new DateTimeOffset((minute + 1) * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        Assert.True(runs.Skip(before).First(run => run.Id == "skip").Began >= next);
        Assert.Single(runs.Skip(before), run => run.Id == "once" && run.Began < next);
    }

    [Fact]
    public async Task The_next_run_and_the_next_plans_are_told_on_the_service_s_clock()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T00:00Z"), 2));
        var host = await installation.StartAsync("A");
        await host.Recurring.RepeatAsync(Recurring("1", "0 8 * * *", "Etc/UTC", MissedRuns.RunOnce), CancellationToken.None);
        Assert.Equal(Instant("2026-06-01T08:00Z"), Assert.Single(await host.Recurring.ListAsync(CancellationToken.None)).NextRunAt);
        Assert.Null(await host.Engine.NextRunAsync(new("note", "unknown"), CancellationToken.None));

        var from = Instant("2026-06-02T00:00Z");
        await PlanAsync(host, [Note(3, from.AddHours(3)), Note(1, from.AddHours(1)), Note(2, from.AddHours(2))]);
        await host.Engine.CancelAsync(new("note", "1"), CancellationToken.None);
        var planned = await host.Engine.PlannedAsync(1, CancellationToken.None);
        Assert.Equal(Note(2, from.AddHours(2)), Assert.Single(planned));
        Assert.Equal(2, (await host.Engine.PlannedAsync(10, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_paused_job_runs_only_by_hand_until_it_is_resumed_and_each_run_is_on_record()
    {
        await using var installation = await InstallAsync(JobInstallation.ScaleFrom(Instant("2026-06-01T00:00Z"), 10_800));
        var host = await installation.StartAsync("A");
        var key = new JobKey("note", "1");
        var daily = Recurring("1", "0 8 * * *", "Etc/UTC", MissedRuns.RunOnce);
        await host.Recurring.RepeatAsync(daily, CancellationToken.None);
        await host.Recurring.PauseAsync(key, "the vendor moves", CancellationToken.None);

        var other = await installation.StartAsync("B");
        await other.Recurring.RepeatAsync(daily, CancellationToken.None);
        await installation.UntilPastAsync(Instant("2026-06-02T12:00Z"));
        Assert.Empty(await installation.RunsAsync());
        await other.Recurring.RunNowAsync(key, CancellationToken.None);
        var byHand = await installation.UntilAsync("it runs by hand", runs => runs.Count == 1);
        await host.Recurring.ResumeAsync(key, CancellationToken.None);
        await installation.UntilAsync("it runs by itself", runs => runs.Count >= 2 && runs[1].Began > byHand[0].Began);

        var noted = await installation.NotedAsync();
        Assert.Contains(noted, run => run is { Outcome: "paused", Reason: "the vendor moves", IsByHand: false });
        Assert.Contains(noted, run => run is { Outcome: "done", IsByHand: true });
        Assert.Contains(noted, run => run is { Outcome: "done", IsByHand: false });
        await Assert.ThrowsAsync<ArgumentException>(() => host.Recurring.PauseAsync(key, " ", CancellationToken.None));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => host.Recurring.RunNowAsync(new("note", "unknown"), CancellationToken.None));
    }

    [Theory]
    [InlineData("0 2 * *", NewYork)]
    [InlineData("61 2 * * *", NewYork)]
    [InlineData("0 2 * * *", "America/New_Amsterdam")]
    public async Task A_cron_or_zone_that_nobody_knows_is_refused(string cron, string zone)
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A");
        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => host.Engine.RepeatAsync(Recurring("1", cron, zone, MissedRuns.Skip), CancellationToken.None));
        Assert.Contains(zone == NewYork ? cron : zone, refusal.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static RecurringJob Recurring(string id, string cron, string zone, MissedRuns missed) =>
        new(new("note", id), cron, zone, missed, $"Test note {id}");
}
