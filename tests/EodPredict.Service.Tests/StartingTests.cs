using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EodPredict.Service.Tests;

public sealed class StartingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var eod = await EodProcess.RunAsync(_folder, ["serve", "--port", $"{port}"]);
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.Equal(
            $"eod: http://localhost:{port} is in use by another program. Stop that one, or choose another port with --port.", eod.Error);
        Assert.Null(_folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_one_clear_line()
    {
        var file = _folder.Write("a-file", "");
        await using var eod = await EodProcess.RunAsync(_folder, ["serve", "--port", "0"], ("Eod:DataFolder", Path.Combine(file, "data")));
        Assert.Equal(1, await eod.ExitCodeAsync());
        Assert.StartsWith($"eod: The data folder {file}/data cannot be written", eod.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', eod.Error);
    }

    [Fact]
    public async Task Who_starts_while_the_market_is_open_is_told_when_something_will_happen()
    {
        const string Dataset = "Eod:Providers:vendor:Datasets:us";
        (string, string)[] settings =
        [
            ("Eod:Providers:vendor:BaseAddress", "http://127.0.0.1:1"), ($"{Dataset}:Calendar", "XNYS"), ($"{Dataset}:Url", "/{ticker}"),
            ($"{Dataset}:Tickers:0", "A"),
        ];
        await using var forecast = await EodProcess.RunAsync(_folder, ["forecast", "--ticker", "A", "--date", "2026-11-20"], settings);
        Assert.Contains("one opens when its market closes and `eod serve` runs", forecast.Output, StringComparison.Ordinal);
        await using var eod = await EodProcess.ServeAsync(_folder, settings);
        await TestTime.UntilAsync("it says so", () => Task.FromResult(
            eod.Output.Contains("us: the next session opens when its market closes, at 20", StringComparison.Ordinal)));

        using var told = JsonDocument.Parse(
            await eod.ReadAsync("/api/forecasts?dataset=us&ticker=A&session_date=2026-11-20&window_minutes=60"));
        Assert.Equal("2026-11-20T21:00:00+00:00", told.RootElement.GetProperty("close_at").GetString());
        var scores = told.RootElement.GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("score").GetDouble()).ToArray();
        Assert.Equal(48, scores.Length);
        Assert.Equal(1, scores.Sum() + told.RootElement.GetProperty("missing").GetDouble(), 1e-9);
        Assert.Contains("no session of XNYS", await ProblemAsync(eod, "/api/forecasts?dataset=us&ticker=A&session_date=2026-11-21"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_it_cleanly_and_its_PostgreSQL_with_it(string signal)
    {
        await using var eod = await EodProcess.ServeAsync(_folder);
        Assert.NotNull(_folder.PostgreSqlProcess);
        eod.Signal(signal);
        Assert.Equal(0, await eod.ExitCodeAsync());
        Assert.Equal("", eod.Error);
        Assert.Null(_folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task Of_two_services_on_one_folder_the_last_one_stops_the_PostgreSQL()
    {
        await using var first = await EodProcess.ServeAsync(_folder);
        await using var second = await EodProcess.ServeAsync(_folder);
        first.Signal("TERM");
        Assert.Equal(0, await first.ExitCodeAsync());
        Assert.NotNull(_folder.PostgreSqlProcess);
        Assert.Equal(HttpStatusCode.OK, await second.StatusOfAsync("/health/ready"));

        second.Signal("TERM");
        Assert.Equal(0, await second.ExitCodeAsync());
        Assert.Null(_folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task Signals_that_come_twice_leave_no_PostgreSQL_behind()
    {
        await using var eod = await EodProcess.ServeAsync(_folder);
        foreach (var signal in (string[])["TERM", "TERM", "HUP", "TERM"])
        {
            eod.Signal(signal);
        }

        Assert.Equal(0, await eod.ExitCodeAsync());
        Assert.Null(_folder.PostgreSqlProcess);
    }

    [Fact]
    public async Task Services_that_are_stopped_at_the_same_time_leave_no_PostgreSQL_behind()
    {
        EodProcess[] all = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EodProcess.ServeAsync(_folder)))];
        foreach (var eod in all)
        {
            eod.Signal("TERM");
        }

        foreach (var eod in all)
        {
            Assert.Equal(0, await eod.ExitCodeAsync());
            await eod.DisposeAsync();
        }

        Assert.Null(_folder.PostgreSqlProcess);
    }

    private static async Task<string> ProblemAsync(EodProcess eod, string path)
    {
        using var http = new HttpClient();
        using var reply = await http.GetAsync(new Uri(eod.Url + path));
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync();
    }
}
