using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EodPredict.Providers;

/// <summary>Has the catalog read when the host starts, so that a fault in it stops the host and not its first check.</summary>
internal sealed partial class CatalogStartup(DatasetCatalog catalog, ILogger<CatalogStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var dataset in catalog.All) LogDataset(logger, dataset.Provider, dataset.Name, dataset.Tickers.Count);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Provider {Provider}, dataset {Dataset}: {Tickers} tickers are watched.")]
    private static partial void LogDataset(ILogger logger, string provider, string dataset, int tickers);
}
