namespace EodPredict.Providers;

/// <summary>Where a provider is on the network; neither path nor key.</summary>
public readonly record struct ProviderHost(string Name, int Port)
{
    public override string ToString() => $"{Name}:{Port}";
}
