namespace EodPredict.Service.Tests;

/// <summary><c>eod vendor</c> as a real process, with a limit on its items.</summary>
internal static class LimitedVendor
{
    public static async Task<EodProcess> StartAsync(TestFolder folder, string shape, int limit, int port = 0, TimeSpan latency = default)
    {
        var vendor = EodProcess.Start(
            folder,
            [
                "vendor", "--port", $"{port}", "--set", $"Eod:Vendor:ItemsThrottle:Shape={shape}",
                "--set", $"Eod:Vendor:ItemsThrottle:Limit={limit}",
                "--set", $"Eod:Vendor:ItemsFaults:MedianLatency={latency:c}",
            ]);
        await TestTime.UntilAsync("eod vendor listens", () => Task.FromResult(vendor.Url.Length > 0));
        return vendor;
    }
}
