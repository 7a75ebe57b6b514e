using System.Collections.Concurrent;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>One forecaster a dataset in this process. Safe for concurrent use.</summary>
internal sealed class DatasetForecasters(
    NpgsqlDataSource database, ArrivalHistory history, ServingModel serving, TimeProvider time) : IDisposable
{
    private readonly CompanyStore _companies = new(database);
    private readonly SessionResults _results = new(database);
    private readonly ConcurrentDictionary<string, DatasetForecaster> _forecasters = new();

    /// <summary>The forecaster of a dataset.</summary>
    public DatasetForecaster Of(Dataset dataset) =>
        _forecasters.GetOrAdd(dataset.Name, _ => new DatasetForecaster(dataset, history, _companies, _results, serving, time));

    public void Dispose()
    {
        foreach (var forecaster in _forecasters.Values)
        {
            forecaster.Dispose();
        }
    }
}
