using System.CommandLine;
using EodPredict.Providers;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.CommandLine;

/// <summary>The option that names a dataset; not needed where only one is configured.</summary>
internal static class DatasetOption
{
    /// <param name="besides">What else may be named.</param>
    public static Option<string?> Create(string besides = "") =>
        Described($"The dataset, as configured{besides}. Needed where there is more than one.");

    /// <summary>With a description of its own. The shell completes what eod.json has.</summary>
    public static Option<string?> Described(string description)
    {
        var option = new Option<string?>("--dataset") { Description = description, HelpName = "D" };
        option.CompletionSources.Add(_ => Configured());
        return option;
    }

    private static IEnumerable<string> Configured()
    {
        try
        {
            return EodConfiguration.Read(null, [], []).GetSection("Eod:Providers").GetChildren()
                .SelectMany(provider => provider.GetSection("Datasets").GetChildren()).Select(dataset => dataset.Key);
        }
        catch (ConfigurationFaultException)
        {
            return [];
        }
    }

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
