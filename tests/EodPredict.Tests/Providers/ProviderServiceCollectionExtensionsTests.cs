using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EodPredict.Tests.Providers;

public sealed class ProviderServiceCollectionExtensionsTests
{
    [Fact]
    public async Task What_is_configured_can_be_asked()
    {
        await using var services = Services("XNYS");
        Assert.NotNull(services.GetRequiredService<ProviderClient>());
        Assert.Equal("us", Assert.Single(services.GetRequiredService<DatasetCatalog>().All).Name);
        Assert.NotEmpty(services.GetServices<IHostedService>());
    }

    [Fact]
    public async Task A_fault_in_the_configuration_stops_the_host_before_it_starts()
    {
        await using var services = Services("XNYZ");
        var exception = Assert.Throws<ProviderConfigurationException>(() => services.GetServices<IHostedService>());
        Assert.Contains("Eod:Providers:stooq:Datasets:us:Calendar: 'XNYZ': There is no such calendar.", exception.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string calendar)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Eod:Providers:stooq:Profile"] = "Stooq",
            ["Eod:Providers:stooq:Datasets:us:Calendar"] = calendar,
            ["Eod:Providers:stooq:Datasets:us:Tickers:0"] = "aapl.us",
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TestTime.Wall)
            .AddKeyedSingleton(WallClock.Key, TestTime.Wall)
            .AddSingleton(NpgsqlDataSource.Create("Host=localhost"))
            .AddProviders(configuration, _ => ["XNYS"])
            .BuildServiceProvider();
    }
}
