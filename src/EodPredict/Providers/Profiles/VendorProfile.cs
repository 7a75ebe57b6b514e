using EodPredict.Providers.Configuration;

namespace EodPredict.Providers.Profiles;

/// <summary>What is known of a vendor, written into options before the configuration is bound over them.</summary>
/// <param name="Name">What <see cref="ProviderOptions.Profile"/> says.</param>
/// <param name="Provider">Writes what holds for the vendor.</param>
/// <param name="Dataset">Writes what holds for its end-of-day endpoint.</param>
internal sealed record VendorProfile(string Name, Action<ProviderOptions> Provider, Action<DatasetOptions> Dataset);
