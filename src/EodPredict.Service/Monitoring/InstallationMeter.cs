using System.Diagnostics.Metrics;
using EodPredict.Jobs;
using EodPredict.Service.Hosting;
using Npgsql;

namespace EodPredict.Service.Monitoring;

/// <summary>
/// Reads the figures of the installation every few seconds and keeps them for whoever collects metrics. While the database is away they
/// stay as they were read last, and <c>eod_database_up</c> is 0.
/// </summary>
internal sealed class InstallationMeter(InstallationQuery query, [FromKeyedServices(WallClock.Key)] TimeProvider wall) : BackgroundService
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Meter _installation = new("eod.installation");
    private readonly Meter _database = new("eod.database");
    private readonly Meter _build = new("eod.build");

    private volatile IReadOnlyList<InstallationFigure> _figures = [];
    private volatile bool _isUp;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Gauge(InstallationQuery.Open, "Sessions whose data is awaited, by dataset.");
        Gauge(InstallationQuery.Late, "Open sessions later than 95% of their forecast, by dataset.");
        Gauge(InstallationQuery.Overdue, "Open sessions whose next check is due for more than a minute, by dataset.");
        Gauge(InstallationQuery.Budget, "GETs that may be spent in the provider's day, by scope (provider or provider/dataset).");
        Gauge(InstallationQuery.Left, "GETs left of the provider's day, by scope.");
        Gauge(InstallationQuery.Hold, "For how long a provider is still left alone, on the service's clock; 0: it is not.");
        Gauge(InstallationQuery.Scrapes, "Scraping jobs that are neither done, paused nor cancelled.");
        Gauge(InstallationQuery.Webhooks, "Arrivals that the webhook has still to be told of.");
        _database.CreateObservableGauge("up", () => _isUp ? 1 : 0,
            description: "Whether the database answered this process last (1) or not (0).");
        _build.CreateObservableGauge(
            "info",
            () => new Measurement<int>(
                1, new("version", Engines.Version), new("job_engine", Engines.JobEngine), new("tree_learner", Engines.TreeLearner)),
            description: "Always 1; the build of this process is in the labels.");
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _installation.Dispose();
        _database.Dispose();
        _build.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ReadAsync(stoppingToken);
            await Task.Delay(BetweenReads, wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            _figures = await query.ReadAsync(either.Token);
            _isUp = true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            _isUp = false;
        }
    }

    private void Gauge(string name, string description) =>
        _installation.CreateObservableGauge(
            name, () => _figures.Where(figure => figure.Name == name).Select(Measure), description: description);

    private static Measurement<double> Measure(InstallationFigure figure) =>
        figure.Label.Length == 0 ? new(figure.Value) : new(figure.Value, new KeyValuePair<string, object?>(figure.Label, figure.Of));
}
