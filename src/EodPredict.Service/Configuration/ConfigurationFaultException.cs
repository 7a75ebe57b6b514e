namespace EodPredict.Service.Configuration;

/// <summary>The configuration is wrong; each fault names the key, the value (unless it may be secret) and what is allowed.</summary>
internal sealed class ConfigurationFaultException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
