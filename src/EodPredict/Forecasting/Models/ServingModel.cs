using System.Collections.Concurrent;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.Logging;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// The model that serves each dataset, read again when another was promoted, by whichever process. One that cannot be used is told of once,
/// and forecasts do without it. Safe for concurrent use.
/// </summary>
public sealed partial class ServingModel(ModelStore models, ILogger<ServingModel> log)
{
    private readonly ConcurrentDictionary<string, (string? Version, StoredModel? Model)> _kept = new();

    /// <summary>The law of a dataset's arrivals; null: the experts alone.</summary>
    internal LearnedHazard? Of(string dataset) =>
        Read(dataset) is { } model ? new LearnedHazard(model.Trees, model.Manifest.Share) : null;

    /// <summary>The model that serves under a name, of whatever kind; null: none does.</summary>
    internal StoredModel? Read(string dataset)
    {
        var version = models.Champion(dataset);
        if (!_kept.TryGetValue(dataset, out var kept) || kept.Version != version)
        {
            _kept[dataset] = kept = (version, version is null ? null : Load(dataset, version));
        }

        return kept.Model;
    }

    private StoredModel? Load(string dataset, string version)
    {
        try
        {
            return models.Load(dataset, version);
        }
        catch (Exception e) when (e is ModelFaultException or TreeEnsembleException or IOException or UnauthorizedAccessException)
        {
            LogUnusable(dataset, e.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 333, Level = LogLevel.Error, Message = "{Dataset}: forecasts do without trees. {Reason}")]
    private partial void LogUnusable(string dataset, string reason);
}
