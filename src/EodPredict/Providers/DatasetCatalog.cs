using System.Diagnostics.CodeAnalysis;

namespace EodPredict.Providers;

/// <summary>Every dataset that is configured. Immutable, safe for any thread.</summary>
public sealed class DatasetCatalog
{
    private readonly Dictionary<string, Dataset> _byName;
    private readonly Dictionary<string, DatasetAccess> _access;

    /// <summary>A catalog that can be planned with, but not asked: nothing tells where its providers are.</summary>
    public DatasetCatalog(IEnumerable<Dataset> datasets)
        : this(datasets, [])
    {
    }

    internal DatasetCatalog(IEnumerable<Dataset> datasets, Dictionary<string, DatasetAccess> access)
    {
        All = [.. datasets];
        _byName = All.ToDictionary(dataset => dataset.Name, StringComparer.Ordinal);
        _access = access;
    }

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<Dataset> All { get; }

    /// <exception cref="KeyNotFoundException">No dataset of that name is configured.</exception>
    public Dataset Get(string name) => _byName.TryGetValue(name, out var dataset)
        ? dataset
        : throw new KeyNotFoundException($"No dataset '{name}' is configured; there are: {string.Join(", ", _byName.Keys)}.");

    public bool TryGet(string name, [NotNullWhen(true)] out Dataset? dataset) => _byName.TryGetValue(name, out dataset);

    /// <summary>The hosts that a dataset is asked at, each once; to see whether they can be reached, without a call that costs anything.</summary>
    public IReadOnlyList<ProviderHost> HostsOf(Dataset dataset)
    {
        var access = AccessTo(dataset);
        return
        [
            .. new[] { access.Get, access.Head, access.Page }
                .OfType<UrlTemplate>()
                .Select(template => template.Build("T", DateOnly.MinValue, ProviderKey.None))
                .Select(address => new ProviderHost(address.IdnHost, address.Port))
                .Distinct(),
        ];
    }

    internal DatasetAccess AccessTo(Dataset dataset) => _access.TryGetValue(dataset.Name, out var access)
        ? access
        : throw new InvalidOperationException($"Nothing is configured to tell where dataset '{dataset.Name}' is asked.");
}
