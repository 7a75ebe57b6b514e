using System.CommandLine;
using EodPredict.Providers;

namespace EodPredict.Service.CommandLine;

/// <summary>The option that names a dataset; not needed where only one is configured.</summary>
internal static class DatasetOption
{
    /// <param name="besides">What else may be named.</param>
    public static Option<string?> Create(string besides = "") =>
        new("--dataset") { Description = $"The dataset, as configured{besides}. Needed where there is more than one.", HelpName = "D" };

    /// <exception cref="CommandFaultException">No such dataset is configured, or none was named and there is not exactly one.</exception>
    public static Dataset Choose(DatasetCatalog catalog, string? name)
    {
        var names = string.Join(", ", catalog.All.Select(dataset => dataset.Name));
        if (catalog.All.Count == 0)
        {
            throw new CommandFaultException("No dataset is configured: give one under Eod:Providers:PROVIDER:Datasets:NAME.");
        }

        return name is null
            ? catalog.All is [var only] ? only : throw new CommandFaultException($"Which dataset? Name one with --dataset: {names}.")
            : catalog.TryGet(name, out var dataset) ? dataset
            : throw new CommandFaultException($"No dataset '{name}' is configured; there are: {names}.");
    }
}
