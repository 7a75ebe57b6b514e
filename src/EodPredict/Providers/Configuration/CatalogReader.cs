using EodPredict.Providers.Profiles;
using Microsoft.Extensions.Configuration;

namespace EodPredict.Providers.Configuration;

/// <summary>Reads the section <c>Eod:Providers</c> into a catalog.</summary>
/// <param name="environment">Gives the value of an environment variable, or null.</param>
/// <param name="calendars">The names of the calendars there are; null to take any name.</param>
internal sealed class CatalogReader(Func<string, string?> environment, IReadOnlyCollection<string>? calendars)
{
    public const string Section = "Eod:Providers";

    private readonly List<ConfigurationFault> _faults = [];
    private readonly List<Dataset> _datasets = [];
    private readonly Dictionary<string, DatasetAccess> _access = [];
    private readonly Dictionary<string, string> _pathOfDataset = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads all providers. To be called once.</summary>
    /// <exception cref="ProviderConfigurationException">There are faults; it holds all of them.</exception>
    public DatasetCatalog Read(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren()) ReadProvider(section);

        return _faults.Count == 0 ? new DatasetCatalog(_datasets, _access) : throw new ProviderConfigurationException(_faults);
    }

    private void ReadProvider(IConfigurationSection section)
    {
        if (!Names.AreAllowed(section.Key)) Fault(section.Path, null, $"A provider's name is {Names.Allowed}.");

        var options = new ProviderOptions();
        var profile = ProfileOf(section);
        profile?.Provider(options);
        new StrictBinder(_faults).Bind(options, section, nameof(options.Datasets));

        var provider = new ProviderReader(section.Path, environment, _faults).Read(section.Key, options);
        var datasets = section.GetSection(nameof(options.Datasets)).GetChildren().ToList();
        if (datasets.Count == 0)
        {
            Fault($"{section.Path}:{nameof(options.Datasets)}", null, "Expected at least one dataset.");
        }

        foreach (var dataset in datasets) ReadDataset(dataset, options, provider, profile);
    }

    private VendorProfile? ProfileOf(IConfigurationSection section)
    {
        if (section[nameof(ProviderOptions.Profile)] is not { Length: > 0 } name) return null;

        var profile = VendorProfiles.All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (profile is null)
        {
            var known = VendorProfiles.All.Select(one => one.Name).ToList();
            Fault(
                $"{section.Path}:{nameof(ProviderOptions.Profile)}",
                name,
                $"There is no such profile.{Spelling.DidYouMean(name, known)} There are: {string.Join(", ", known)}; "
                + "without one, give BaseAddress and Url.");
        }

        return profile;
    }

    private void ReadDataset(IConfigurationSection section, ProviderOptions provider, ProviderAccess access, VendorProfile? profile)
    {
        if (!Names.AreAllowed(section.Key)) Fault(section.Path, null, $"A dataset's name is {Names.Allowed}.");
        if (!_pathOfDataset.TryAdd(section.Key, section.Path))
        {
            Fault(section.Path, null, $"The name is taken by {_pathOfDataset[section.Key]}; it must be unique over all providers.");
        }

        var options = new DatasetOptions();
        profile?.Dataset(options);
        new StrictBinder(_faults).Bind(options, section);

        var (dataset, asked) = new DatasetReader(section.Path, calendars, _faults).Read(section.Key, options, provider, access);
        _datasets.Add(dataset);
        _access[dataset.Name] = asked;
    }

    private void Fault(string key, string? value, string problem) => _faults.Add(new ConfigurationFault(key, value, problem));
}
