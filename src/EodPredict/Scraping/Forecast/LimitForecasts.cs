using EodPredict.Forecasting.Models;
using EodPredict.Scraping.Storage;
using Npgsql;

namespace EodPredict.Scraping.Forecast;

/// <summary>Forecasts endpoints' limits from what is on record now and from the model that serves. Safe for concurrent use.</summary>
public sealed class LimitForecasts(NpgsqlDataSource database, ServingModel serving, TimeProvider time)
{
    /// <summary>The name of the model in the folder of models. One serves every endpoint. No dataset's name begins like this.</summary>
    public const string Model = "_throttle";

    private readonly ObservedLimits _limits = new(database);
    private readonly EndpointMemory _memory = new(database, time);

    /// <summary>What an endpoint's limit is expected to be from now on.</summary>
    /// <param name="endpoint">Its address without the query.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<LimitOutlook> ReadAsync(string endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var seen = await _limits.OfAsync(endpoint, now, cancellationToken);
        var last = await _memory.RecallAsync(endpoint, cancellationToken);
        return new LimitOutlook(now, seen, Serving(), last?.Rate);
    }

    /// <summary>The model that serves; null: the profiles alone.</summary>
    internal LearnedLimit? Serving() => serving.Read(Model) is { } model
        ? new LearnedLimit(model.Trees, model.Manifest.Share, model.Manifest.Spread) : null;
}
