using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Tests.Worker;

/// <summary>A process of an installation: a host with the job engine, the recording bodies and a clock.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public RecurringJobs Recurring => _host.Services.GetRequiredService<RecurringJobs>();

    public IJobEngine Engine => _host.Services.GetRequiredService<IJobEngine>();

    public static async Task<EngineHost> StartAsync(EngineHostOptions options, Action<IServiceCollection> addJobEngine)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss.fff ").SetMinimumLevel(LogLevel.Warning);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(options.Scale)
            .AddSingleton(_ => NpgsqlDataSource.Create(options.ConnectionString))
            .AddSingleton(WorkerTime.On(options.Scale))
            .AddKeyedSingleton<TimeProvider>(WallClock.Key, WorkerTime.Wall)
            .AddJobBodies()
            .AddSingleton<RecordingBodies>()
            .AddJob<RecordingBodies>("note", bodies => bodies.NoteAsync)
            .AddJob<RecordingBodies>("brief", bodies => bodies.BriefAsync)
            .AddJob<RecordingBodies>("long", bodies => bodies.LongAsync)
            .AddJob<RecordingBodies>("fail", bodies => bodies.FailAsync)
            .AddJob<RecordingBodies>("again", bodies => bodies.AgainAsync)
            .AddHostedService<RepeatingAtStart>()
            .Configure<JobEngineOptions>(jobs => jobs.Workers = options.Workers)
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        addJobEngine(builder.Services);

        var host = builder.Build();
        await host.StartAsync();
        return new EngineHost(host);
    }

    /// <summary>A clean stop, as on SIGTERM.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
