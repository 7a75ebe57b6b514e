using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>The example scripts by HTTP, where the service asks for keys.</summary>
public sealed class OrderExampleKeyTests(KeyedFolder keyed) : IClassFixture<KeyedFolder>
{
    [ExampleFact("record_http.py")]
    public Task Python() => RecordAsync("record_http.py");

    [ExampleFact("record_http.js")]
    public Task JavaScript() => RecordAsync("record_http.js");

    [ExampleFact("record_http.sh")]
    public Task Bash() => RecordAsync("record_http.sh");

    [ExampleFact("record_http.pl")]
    public Task Perl() => RecordAsync("record_http.pl");

    private async Task RecordAsync(string script)
    {
        Assert.DoesNotMatch("[0-9]{5}", await RunAsync(script, keyed.Reader));
        Assert.Matches(new Regex("^[0-9]{5,}$"), await RunAsync(script, keyed.Operator));
    }

    private async Task<string> RunAsync(string script, string key)
    {
        using var process = ExampleScript.Start(script, keyed.Eod.Url, keyed.Folder.Data, script, "key", """{"side":"buy"}""", key);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.DoesNotContain(key, await error, StringComparison.Ordinal);
        return (await output).Trim();
    }
}
