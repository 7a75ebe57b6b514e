using EodPredict.Providers;
using EodPredict.Scraping.Forecast;

namespace EodPredict.Service.CommandLine;

/// <summary>Which model a command is about: that of a dataset, or that of endpoints' limits.</summary>
internal static class ModelOption
{
    /// <summary>What the model of endpoints' limits is called on the command line.</summary>
    public const string Limits = "throttle";

    /// <summary>How an option says that it may be named.</summary>
    public const string Besides = $", or {Limits} for the limits of endpoints";

    /// <summary>Whether the model of endpoints' limits is meant: no dataset of that name is configured.</summary>
    public static bool IsLimits(DatasetCatalog catalog, string? name) => name == Limits && !catalog.TryGet(name, out _);

    /// <summary>The name of a model in the folder of models.</summary>
    /// <inheritdoc cref="DatasetOption.Choose"/>
    public static string Choose(DatasetCatalog catalog, string? name) =>
        IsLimits(catalog, name) ? LimitForecasts.Model : DatasetOption.Choose(catalog, name).Name;
}
