using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Scraping;
using EodPredict.Tests.Database;
using EodPredict.Tests.Replay;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Scraping;

/// <summary>The scraping slice on its real parts: PostgreSQL, and HTTP on loopback to a replay provider with a limit of its own.</summary>
internal sealed class ScrapedProvider : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;

    private ScrapedProvider(TestDatabase database, ServiceProvider services, ReplayProvider provider) =>
        (_database, _services, Provider) = (database, services, provider);

    public ReplayProvider Provider { get; private set; }

    public ScrapeJobs Jobs => _services.GetRequiredService<ScrapeJobs>();

    public PlannedScrape Planned => _services.GetRequiredService<PlannedScrape>();

    public ScrapeRunner Runner => _services.GetRequiredService<ScrapeRunner>();

    public static async Task<ScrapedProvider> StartAsync(
        TestDatabase database, Action<ReplayProviderOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(database.DataSource)
            .AddSingleton(time ?? TestTime.Wall)
            .AddKeyedSingleton(WallClock.Key, TestTime.Wall)
            .AddForecasting(Path.Combine(Path.GetTempPath(), "eod-no-models"))
            .AddScraping()
            .BuildServiceProvider();
        await services.GetRequiredService<WorkerPresence>().StartAsync(CancellationToken.None);
        return new(database, services, await ServeAsync(0, configure));
    }

    /// <summary>A job for the provider's items, from 1 on.</summary>
    public async Task<ScrapeJob> OpenAsync(
        string name, int items, string path = "items/{id}", double? maxPace = null, DateTimeOffset? finishBy = null)
    {
        var job = await Jobs.OpenAsync(
            new ScrapeJob { Name = name, Url = $"{Provider.BaseAddress}{path}", MaxPace = maxPace, FinishBy = finishBy },
            CancellationToken.None);
        await Jobs.AddAsync(job, new IdRange(1, items), CancellationToken.None);
        return job;
    }

    public async Task<ScrapeStatus> StatusAsync(ScrapeJob job) => (await Jobs.StatusAsync(job.Name, CancellationToken.None))!;

    /// <summary>The ids that are stored, each with how often.</summary>
    public async Task<List<string>> StoredAsync(ScrapeJob job)
    {
        var ids = new List<string>();
        await foreach (var item in Jobs.ExportAsync(job.Name, CancellationToken.None))
        {
            ids.Add(item.Id);
        }

        return ids;
    }

    /// <summary>The provider is away, and comes back at its address when <paramref name="meanwhile"/> is done.</summary>
    public async Task BreakAsync(Func<Task> meanwhile)
    {
        var port = Provider.BaseAddress.Port;
        await Provider.DisposeAsync();
        await meanwhile();
        Provider = await ServeAsync(port, null);
    }

    public Task<T?> ScalarAsync<T>(string sql, params object[] parameters) => _database.ScalarAsync<T>(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await _services.GetRequiredService<WorkerPresence>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private static Task<ReplayProvider> ServeAsync(int port, Action<ReplayProviderOptions>? configure)
    {
        var options = new ReplayProviderOptions { Port = port };
        configure?.Invoke(options);
        return ReplayProvider.StartAsync(options, ReplayProviderFixture.Days, TestTime.Wall, TestTime.Wall, CancellationToken.None);
    }
}
