using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Tests.Database;
using EodPredict.Tests.Worker;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EodPredict.Tests.Jobs;

/// <summary>An installation of the service's job engine: a database and the processes that share it.</summary>
internal sealed class JobInstallation : IAsyncDisposable
{
    private readonly Action<IServiceCollection> _addJobEngine;
    private readonly TimeScale _scale;
    private readonly string _connectionString;
    private readonly NpgsqlDataSource _database;
    private readonly List<IAsyncDisposable> _processes = [];

    private JobInstallation(Action<IServiceCollection> addJobEngine, TimeScale scale, string connectionString)
    {
        _addJobEngine = addJobEngine;
        _scale = scale;
        _connectionString = connectionString;
        _database = NpgsqlDataSource.Create(connectionString);
        Time = WorkerTime.On(scale);
    }

    /// <summary>The service's clock.</summary>
    public TimeProvider Time { get; }

    public static async Task<JobInstallation> NewAsync(
        Action<IServiceCollection> addJobEngine, TimeScale? scale = null, string? connectionString = null)
    {
        connectionString ??= await TestServer.NewDatabaseAsync();
        var installation = new JobInstallation(addJobEngine, scale ?? TimeScale.Real, connectionString);
        await using var make = installation._database.CreateCommand("""
            create table run (
                run_id bigint generated always as identity primary key,
                kind text not null, id text not null, process text not null,
                began bigint not null, wall bigint not null, -- ticks, so that nothing is rounded
                outcome text);
            create index on run (kind, id)
            """);
        await make.ExecuteNonQueryAsync();
        return installation;
    }

    /// <summary>A scale on which the service's clock shows <paramref name="service"/> now.</summary>
    public static TimeScale ScaleFrom(DateTimeOffset service, double speed) => new(WorkerTime.Wall.GetUtcNow(), service, speed);

    /// <summary>Starts a process of the installation inside this one. It is stopped at the end of the test.</summary>
    public async Task<EngineHost> StartAsync(string process, int workers = 10, params RecurringJob[] repeated)
    {
        var host = await EngineHost.StartAsync(Options(process, workers) with { Repeated = repeated }, _addJobEngine);
        _processes.Add(host);
        return host;
    }

    /// <summary>Starts a process of the installation that can be killed, and that plans these jobs.</summary>
    public async Task<WorkerProcess> StartWorkerAsync(string process, params PlannedJob[] jobs)
    {
        var worker = await WorkerProcess.StartAsync(Options(process, workers: 10) with { Jobs = jobs });
        _processes.Add(worker);
        return worker;
    }

    /// <summary>What the service has noted of runs of recurring jobs.</summary>
    public async Task<IReadOnlyList<(string? Outcome, string? Reason, bool IsByHand)>> NotedAsync()
    {
        await using var command = _database.CreateCommand("select outcome, reason, is_by_hand from eod.recurring_run");
        return await command.ListAsync(
            row => (row.Nullable<string>(0), row.Nullable<string>(1), row.GetBoolean(2)), CancellationToken.None);
    }

    /// <summary>All runs so far, in the order of their start.</summary>
    public async Task<IReadOnlyList<RecordedRun>> RunsAsync()
    {
        await using var command = _database.CreateCommand("select kind, id, process, began, wall, outcome from run order by began, run_id");
        await using var reader = await command.ExecuteReaderAsync();
        var runs = new List<RecordedRun>();
        while (await reader.ReadAsync())
        {
            runs.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                new(reader.GetInt64(3), TimeSpan.Zero),
                new(reader.GetInt64(4), TimeSpan.Zero),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return runs;
    }

    /// <summary>Waits until the runs so far are enough, and returns them.</summary>
    public async Task<IReadOnlyList<RecordedRun>> UntilAsync(string what, Func<IReadOnlyList<RecordedRun>, bool> enough, int seconds = 60)
    {
        var began = TestTime.Wall.GetTimestamp();
        while (true)
        {
            var runs = await RunsOrNoneAsync();
            if (enough(runs))
                return runs;

            if (TestTime.Wall.GetElapsedTime(began).TotalSeconds > seconds)
            {
                Assert.Fail($"Not within {seconds} s: {what}. The last of {runs.Count} runs:\n{string.Join('\n', runs.TakeLast(20))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TestTime.Wall);
        }
    }

    /// <summary>Waits until the service's clock has passed an instant.</summary>
    public async Task UntilPastAsync(DateTimeOffset instant)
    {
        while (Time.GetUtcNow() <= instant)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestTime.Wall);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<IReadOnlyList<RecordedRun>> RunsOrNoneAsync()
    {
        try
        {
            return await RunsAsync();
        }
        catch (NpgsqlException)
        {
            // The database is being restarted by the test.
            return [];
        }
    }

    private EngineHostOptions Options(string process, int workers) => new(_connectionString, process, _scale, workers);
}
