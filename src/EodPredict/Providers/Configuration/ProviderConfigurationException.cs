namespace EodPredict.Providers.Configuration;

/// <summary>The configuration of providers cannot be used. Holds every fault, not only the first.</summary>
public sealed class ProviderConfigurationException(IReadOnlyList<ConfigurationFault> faults) : Exception(
    $"The configuration of providers has {faults.Count} fault{(faults.Count == 1 ? "" : "s")}:{Environment.NewLine}"
    + string.Join(Environment.NewLine, faults.Select(fault => $"  {fault}")))
{
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
