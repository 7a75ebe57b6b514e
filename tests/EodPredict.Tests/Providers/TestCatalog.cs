using System.Text;
using EodPredict.Providers;
using EodPredict.Providers.Configuration;
using Microsoft.Extensions.Configuration;

namespace EodPredict.Tests.Providers;

/// <summary>Catalogs read from JSON, as the service reads them from its settings.</summary>
internal static class TestCatalog
{
    public const string Key = "s3cr3t-Key/with+more";

    /// <summary>Reads the object that stands under <c>Eod:Providers</c>; the environment holds TEST_KEY.</summary>
    public static DatasetCatalog Read(string providers, params string[] calendars)
    {
        var json = $$"""{ "Eod": { "Providers": {{providers}} } }""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        return new CatalogReader(name => name == "TEST_KEY" ? Key : null, calendars.Length == 0 ? ["XNYS", "XLON"] : calendars).Read(configuration);
    }

    public static IReadOnlyList<ConfigurationFault> FaultsOf(string providers) =>
        Assert.Throws<ProviderConfigurationException>(() => Read(providers)).Faults;
}
