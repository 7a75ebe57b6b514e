using System.Globalization;

namespace EodPredict.Service.Tests;

/// <summary>The example scripts, as a reader of the README would run them.</summary>
public sealed class OrderExampleTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    [ExampleFact("record.py")]
    public Task Python_by_SQL() => RecordTwiceAsync("record.py");

    [ExampleFact("record.js")]
    public Task JavaScript_by_SQL() => RecordTwiceAsync("record.js");

    [ExampleFact("record.sh")]
    public Task Bash_with_psql() => RecordTwiceAsync("record.sh");

    [ExampleFact("record.pl")]
    public Task Perl_by_SQL() => RecordTwiceAsync("record.pl");

    [ExampleFact("record_http.py")]
    public Task Python_by_HTTP() => RecordTwiceAsync("record_http.py");

    [ExampleFact("record_http.js")]
    public Task JavaScript_by_HTTP() => RecordTwiceAsync("record_http.js");

    [ExampleFact("record_http.sh")]
    public Task Bash_with_curl() => RecordTwiceAsync("record_http.sh");

    [ExampleFact("record_http.pl")]
    public Task Perl_by_HTTP() => RecordTwiceAsync("record_http.pl");

    private async Task RecordTwiceAsync(string script)
    {
        var first = await RunAsync(script);
        Assert.Equal(first, await RunAsync(script));
        await using var look = served.Database.CreateCommand("select payload->>'side' from eod.orders where order_id = $1 and source = $2");
        look.Parameters.Add(new() { Value = first });
        look.Parameters.Add(new() { Value = script });
        Assert.Equal("buy", await look.ExecuteScalarAsync());
    }

    private async Task<long> RunAsync(string script)
    {
        using var process = ExampleScript.Start(script, served.Eod.Url, served.Data, script, "it's a key", """{"side":"buy"}""");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{script}: {await error}");
        return long.Parse(await output, CultureInfo.InvariantCulture);
    }
}
