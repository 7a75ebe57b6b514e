using System.Net;
using System.Net.Sockets;

namespace EodPredict.Service.Tests;

public sealed class DoctorTests(TestFolder folder) : IClassFixture<TestFolder>
{
    [Fact]
    public async Task Nothing_configured_is_no_fault()
    {
        await using var doctor = await EodProcess.RunAsync(folder, ["doctor"]);
        Assert.Equal(0, await doctor.ExitCodeAsync());
        Assert.Matches("job engine (Quartz|Hangfire), tree learner (XGBoost|FastTree)", doctor.Output);
        Assert.Contains("PostgreSQL", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("order ids: none is given out twice", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("note  providers: none is configured", doctor.Output, StringComparison.Ordinal);
        Assert.Null(folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task A_provider_that_can_be_reached_is_told_and_its_key_is_not()
    {
        using var provider = new TcpListener(IPAddress.Loopback, 0);
        provider.Start();
        var file = Configuration(((IPEndPoint)provider.LocalEndpoint).Port);
        await using var doctor = await EodProcess.RunAsync(folder, ["doctor", "--config", file], ("VENDOR_KEY", "a-very-secret-key"));
        Assert.Equal(0, await doctor.ExitCodeAsync());
        Assert.Contains("is reachable", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("its key in VENDOR_KEY is set", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("calendar XNYS", doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-very-secret-key", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_a_fault_with_its_host()
    {
        var file = Configuration(port: 1);
        await using var doctor = await EodProcess.RunAsync(folder, ["doctor", "--config", file], ("VENDOR_KEY", "a-very-secret-key"));
        Assert.Equal(1, await doctor.ExitCodeAsync());
        Assert.Contains("127.0.0.1:1 is not reachable", doctor.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_configuration_is_told_whole()
    {
        var file = Configuration(port: 1);
        await using var doctor = await EodProcess.RunAsync(folder, ["doctor", "--config", file], ("Eod:Clock:Speed", "fast"));
        Assert.Equal(1, await doctor.ExitCodeAsync());
        Assert.Contains("VENDOR_KEY", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("Eod:Clock:Speed", doctor.Error, StringComparison.Ordinal);
    }

    private string Configuration(int port) => folder.Write($"doctor-{port}.json", $$"""
        { "Eod": { "Providers": { "vendor": {
          "BaseAddress": "http://127.0.0.1:{{port}}", "KeyFromEnvironment": "VENDOR_KEY",
          "Datasets": { "eod": { "Calendar": "XNYS", "Tickers": ["AAPL"], "Url": "/eod/{ticker}?date={date}&key={key}" } } } } } }
        """);
}
