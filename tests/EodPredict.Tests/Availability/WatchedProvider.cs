using System.Globalization;
using EodPredict.Availability;
using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Tests.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Availability;

/// <summary>
/// The availability slice on its real parts in virtual time: PostgreSQL, HTTP to a replay provider, and one or more services whose jobs
/// the test runs in the order of their instants.
/// </summary>
internal sealed class WatchedProvider : IAsyncDisposable
{
    public const string Dataset = "watched";

    private readonly List<ServiceProvider> _services = [];
    private Func<Task> _add = () => Task.CompletedTask;

    private WatchedProvider(VirtualTimeProvider clock, ReplayProvider provider)
    {
        Clock = clock;
        Provider = provider;
    }

    public static DateTimeOffset FirstClose { get; } = new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero);

    public VirtualTimeProvider Clock { get; }

    public ReplayProvider Provider { get; }

    public PlannedJobs Jobs { get; } = new();

    /// <param name="database">Emptied first.</param>
    /// <param name="sessions">What the provider publishes.</param>
    /// <param name="options">How the provider behaves.</param>
    /// <param name="settings">More configuration; keys below the provider's section.</param>
    /// <param name="services">How many services share the database.</param>
    public static async Task<WatchedProvider> StartAsync(
        TestDatabase database, IReadOnlyList<RecordedSession> sessions, ReplayProviderOptions? options = null,
        Dictionary<string, string?>? settings = null, int services = 1)
    {
        await database.ScalarAsync<object>(
            """
            truncate eod.observation, eod.session, eod.arrival, eod.payload, eod.get_budget, eod.signal_trust, eod.provider_hold,
                eod.webhook_call, eod.companion, eod.companion_look, eod.batch_turn cascade
            """);
        var clock = new VirtualTimeProvider(FirstClose.AddMinutes(-1));
        var provider = await ReplayProvider.StartAsync(options ?? new(), new RecordedDays(sessions), clock, TestTime.Wall, CancellationToken.None);
        var watched = new WatchedProvider(clock, provider);
        watched._add = () => watched.AddServiceAsync(database, sessions, settings ?? []);
        for (var i = 0; i < services; i++)
        {
            await watched._add();
        }

        await watched.Jobs.ScheduleAsync([SessionOpening.Job(Dataset, clock.GetUtcNow())], CancellationToken.None);
        return watched;
    }

    /// <summary>A session a day of each ticker, closing at 21:00 UTC, whose data appears some minutes later.</summary>
    public static List<RecordedSession> Days(int days, params (string Ticker, double Minutes)[] tickers) =>
        [.. Enumerable.Range(0, days).SelectMany(day => tickers.Select(t => new RecordedSession(
            t.Ticker, DateOnly.FromDateTime(FirstClose.UtcDateTime).AddDays(day), FirstClose.AddDays(day),
            double.IsFinite(t.Minutes) ? FirstClose.AddDays(day).AddMinutes(t.Minutes) : null)))];

    public T Get<T>(int service = 0)
        where T : notnull => _services[service].GetRequiredService<T>();

    /// <summary>Runs every job that is planned up to an instant, in order, each by every service at once: delivery may be double.</summary>
    /// <param name="end">The instant.</param>
    /// <param name="service">The only service that runs jobs; null: all of them.</param>
    public async Task LiveUntilAsync(DateTimeOffset end, int? service = null)
    {
        while (Jobs.TakeNext(end) is { } job)
        {
            if (job.At > Clock.GetUtcNow())
            {
                Clock.AdvanceTo(job.At);
            }

            var running = service is { } only ? [_services[only]] : _services;
            await Task.WhenAll(running.Select(one => one.GetRequiredService<JobBodies>().RunAsync(job.Key, CancellationToken.None)));
        }

        Clock.AdvanceTo(end);
    }

    /// <summary>One new service in place of all that ran: what they knew is gone, but for the database and the planned jobs.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await _add();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Provider.DisposeAsync();
    }

    private async Task StopAsync()
    {
        foreach (var service in _services)
        {
            await service.GetRequiredService<WorkerPresence>().StopAsync(CancellationToken.None);
            await service.DisposeAsync();
        }

        _services.Clear();
    }

    private async Task AddServiceAsync(TestDatabase database, IReadOnlyList<RecordedSession> sessions, Dictionary<string, string?> settings)
    {
        var tickers = sessions.Select(s => s.Ticker).Distinct().ToList();
        var all = new Dictionary<string, string?>
        {
            ["BaseAddress"] = Provider.BaseAddress.ToString(),
            [$"Datasets:{Dataset}:Calendar"] = "recorded",
            [$"Datasets:{Dataset}:Url"] = "eod/{ticker}?date={date}",
            [$"Datasets:{Dataset}:Rules:Format"] = "Json",
            [$"Datasets:{Dataset}:Rules:Date"] = "/date",
            [$"Datasets:{Dataset}:Rules:Required:0"] = "/volume",
        };
        for (var i = 0; i < tickers.Count; i++)
        {
            all[string.Create(CultureInfo.InvariantCulture, $"Datasets:{Dataset}:Tickers:{i}")] = tickers[i];
        }

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(all.Select(s => KeyValuePair.Create($"Eod:{(s.Key.StartsWith("Webhook", StringComparison.Ordinal) ? "" : "Providers:vendor:")}{s.Key}", s.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(database.DataSource);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddKeyedSingleton(WallClock.Key, TestTime.Wall);
        services.AddSingleton(TimeScale.Real);
        services.AddSingleton<IJobEngine>(Jobs);
        services.AddJobBodies();
        services.AddMarketCalendars(configuration);
        services.AddProviders(configuration);
        services.AddForecasting(Path.Combine(Path.GetTempPath(), "eod-no-models")).AddCheckTimes().AddAvailability(configuration);
        var service = services.BuildServiceProvider();
        service.GetRequiredService<MarketCalendars>().Add(Calendar(sessions));
        await service.GetRequiredService<WorkerPresence>().StartAsync(CancellationToken.None);
        _services.Add(service);
    }

    // Sessions far off on either side, so that looking beyond the recorded ones finds none there, and no unknown year.
    private static MarketCalendar Calendar(IReadOnlyList<RecordedSession> sessions)
    {
        static TradingSession On(DateTimeOffset close) => new(DateOnly.FromDateTime(close.UtcDateTime), close, IsHalfDay: false);
        var closes = sessions.Select(s => s.Close).Distinct().Order().ToList();
        return MarketCalendar.FromSessions("recorded", closes.Prepend(closes[0].AddDays(-100)).Append(closes[^1].AddDays(100)).Select(On));
    }
}
