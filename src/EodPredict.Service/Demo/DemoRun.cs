using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Service.CommandLine;
using EodPredict.Service.Hosting;
using Npgsql;
using Spectre.Console;

namespace EodPredict.Service.Demo;

/// <summary>
/// The demo: recorded days replayed by a provider that answers as it did then, and the real service asking it. Stopped anywhere, it goes
/// on where it was when it is started again with the same options.
/// </summary>
internal sealed class DemoRun(DemoOptions options, TimeProvider wall)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollingWhenLearning = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(48);

    // The service's clock begins when the host is up.
    private static readonly TimeSpan HostStart = TimeSpan.FromSeconds(4);

    // Where JSON was asked for, it has standard output to itself.
    private readonly IAnsiConsole _talk = options.AsJson ? CommandConsole.Talk : CommandConsole.Facts;

    /// <summary>Runs it.</summary>
    /// <returns>Whether every session was found.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var recorded = await RecordedDays.LoadAsync(RecordedSamples.Locate(options.Series), cancellationToken);
        var plan = DemoPlan.Create(recorded, options.Days);
        ListenProbe.ThrowIfInUse([Configuration.ListenAddress.OnThisMachine(options.Port)]);
        var began = await PrepareAsync(plan, cancellationToken);

        var scale = new TimeScale(wall.GetUtcNow() + HostStart, began, options.Speed);
        var clock = new ScaledTimeProvider(scale, wall);
        var key = Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(DemoConfiguration.KeyVariable, key);
        await using var provider = await ReplayProvider.StartAsync(new ReplayProviderOptions { Key = key }, recorded, clock, wall, cancellationToken);
        var configuration = DemoConfiguration.Create(options, plan, provider.BaseAddress, scale);
        await using var service = ServiceHost.Build(configuration, calendars => plan.AddCalendarsTo(calendars));
        var database = new DemoDatabase(service.Services.GetRequiredService<NpgsqlDataSource>());
        var report = new DemoReport(CommandConsole.Facts, recorded, plan, database, options.AsJson);
        await service.StartAsync(cancellationToken);
        try
        {
            Announcement.Write(service);
            await WorkProgress.RunAsync(
                "demo", progress => WatchAsync(plan, recorded, database, clock, progress, cancellationToken), beside: _talk);
            return await report.WriteAsync(options.Summary, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            await report.WriteAsync(options.Summary, CancellationToken.None);
            throw;
        }
        finally
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Makes an empty database with the learned days in it, or finds the one of a demo that was stopped.</summary>
    /// <returns>What the service's clock shows first.</returns>
    private async Task<DateTimeOffset> PrepareAsync(DemoPlan plan, CancellationToken cancellationToken)
    {
        var server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = options.Folder });
        if (DemoState.Read(options.Folder) is { } stopped && stopped.IsContinuedBy(options))
        {
            _talk.MarkupLine($"Going on at [blue]{stopped.Clock:ddd yyyy-MM-dd HH:mm}[/], where the demo was stopped.");
            return stopped.Clock!.Value + (BetweenLooks * options.Speed * 2);
        }

        await server.RemoveAsync(cancellationToken);
        await server.StartAsync(wall, cancellationToken);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await DatabaseMigrations.ApplyAsync(database, wall, cancellationToken);
        var polled = FixedPolling.Intervals(plan.Learned, PollingWhenLearning, Horizon).ToList();
        await new DemoDatabase(database).LearnAsync(DemoConfiguration.Dataset, polled, plan.Start, cancellationToken);
        _talk.MarkupLine(
            $"Learned {DemoPlan.DaysLearned} recorded days of [blue]{Markup.Escape(options.Series)}[/] ({polled.Count} sessions), as polling every "
            + $"{PollingWhenLearning.TotalMinutes:0} minutes would have seen them.");
        new DemoState(options.Series, options.Days, Clock: null, Finished: false).Write(options.Folder);
        return plan.Start;
    }

    private async Task<int> WatchAsync(
        DemoPlan plan, RecordedDays recorded, DemoDatabase database, ScaledTimeProvider clock, WorkProgress progress,
        CancellationToken cancellationToken)
    {
        var state = new DemoState(options.Series, options.Days, Clock: null, Finished: false);
        var story = new DemoStory(CommandConsole.Facts, recorded, database, options.AsJson);
        while (true)
        {
            try
            {
                await story.TellAsync(cancellationToken);
                var over = (await database.OverAsync(cancellationToken)).Count;
                progress.Report(over, plan.Lived.Count, "sessions lived");
                if (over == plan.Lived.Count)
                {
                    (state with { Clock = clock.GetUtcNow(), Finished = true }).Write(options.Folder);
                    return over;
                }

                (state with { Clock = clock.GetUtcNow() }).Write(options.Folder);
            }
            catch (NpgsqlException)
            {
                // The supervisor says that the database is away, and brings it back.
            }

            await Task.Delay(BetweenLooks, wall, cancellationToken);
        }
    }
}
