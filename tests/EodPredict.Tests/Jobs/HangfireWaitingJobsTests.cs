using EodPredict.Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Jobs;

/// <summary>What is peculiar to an engine that hands jobs over early and lets them wait.</summary>
public sealed class HangfireWaitingJobsTests : JobEngineTestBase
{
    [Fact]
    public async Task A_job_does_not_stand_behind_jobs_that_wait_for_a_later_instant()
    {
        await using var installation = await InstallAsync();
        var host = await installation.StartAsync("A", workers: 2);
        for (var first = 0; ; first += 11)
        {
            // Near enough to go straight into the queue, where the workers find them and wait.
            var soon = installation.Time.GetUtcNow().AddSeconds(1.9);
            var patient = Enumerable.Range(first, 10).Select(i => Note(i, soon)).ToList();
            await host.Engine.ScheduleAsync(patient, CancellationToken.None);
            await host.Engine.ScheduleAsync([Note(first + 10, installation.Time.GetUtcNow())], CancellationToken.None);
            var wasInTime = soon - installation.Time.GetUtcNow() > TimeSpan.FromSeconds(1);
            var runs = await installation.UntilAsync("all run", runs => runs.Count == first + 11);
            Assert.All(runs.Where(run => patient.Any(job => job.Key.Id == run.Id)), run => Assert.True(run.Began >= soon));

            // On a machine that takes a second to plan this, the order says nothing: once more.
            if (wasInTime)
            {
                Assert.Equal($"{first + 10}", runs[first].Id);
                return;
            }
        }
    }

    [Fact]
    public async Task A_run_that_had_planned_its_successor_is_run_again_all_the_same()
    {
        await using var installation = await InstallAsync();
        await using (var first = await installation.StartAsync("A"))
        {
            await first.Engine.ScheduleAsync([Job("long", "1", installation.Time.GetUtcNow())], CancellationToken.None);
            await installation.UntilAsync("it runs", runs => runs.Count == 1);
            await first.Engine.ScheduleAsync([Job("long", "1", installation.Time.GetUtcNow().AddHours(1))], CancellationToken.None);
            await first.StopAsync();
        }

        await installation.StartAsync("B");
        await installation.UntilAsync("it runs on B", runs => runs.Any(run => run.Process == "B"));
    }

    protected override void AddJobEngine(IServiceCollection services) => services.AddJobEngine();
}
