using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>/metrics and OTLP, as a monitoring system meets them.</summary>
public sealed partial class MetricsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 23, 50, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_spent_found_and_left_is_served_as_prometheus_text()
    {
        using var folder = new TestFolder();
        (string, string)[] clock =
        [
            ("Eod:Clock:Speed", "720"), ("Eod:Clock:WallOrigin", TestTime.Wall.GetUtcNow().ToString("O")), ("Eod:Clock:ServiceOrigin", Start.ToString("O")),
        ];
        var series = folder.Write("arrivals.csv", """
            ticker,session_date,close_utc,available_at_utc
            A,2026-03-01,2026-03-02T00:00:00Z,2026-03-02T02:00:00Z
            A,2026-03-02,2026-03-03T00:00:00Z,2026-03-03T02:00:00Z
            """);
        await using var vendor = EodProcess.Start(folder, ["vendor", "--port", "0", "--series", series], clock);
        await TestTime.UntilAsync("the vendor listens", () => Task.FromResult(vendor.Url.Length > 0));
        await using var eod = await EodProcess.ServeAsync(folder, [.. clock, .. Watching(vendor.Url)]);

        string text = "";
        await TestTime.UntilAsync("a session is found and the budget is read", async () =>
        {
            text = await eod.ReadAsync("/metrics");
            return Value(text, """eod_availability_sessions_ended_total{dataset="bars",state="found"}""") >= 1
                && Value(text, """eod_installation_budget_gets_left{scope="vendor"}""") < 1000;
        });

        var gets = Series(text, "eod_provider_calls_total").Where(line => line.Contains("method=\"GET\"", StringComparison.Ordinal)).Sum(Number);
        Assert.InRange(gets, 1, 100);
        Assert.True(Value(text, """eod_availability_find_delay_seconds_count{dataset="bars"}""") >= 1);
        Assert.Contains("""eod_availability_find_delay_seconds_bucket{dataset="bars",le="172800"}""", text, StringComparison.Ordinal);
        Assert.True(Value(text, """eod_job_lateness_seconds_count{kind="check"}""") >= 1);
        Assert.Contains("eod_job_runs_total{kind=\"check\",outcome=\"done\"}", text, StringComparison.Ordinal);
        Assert.Equal(1000, Value(text, """eod_installation_budget_gets{scope="vendor"}"""));
        Assert.Equal(0, Value(text, """eod_installation_provider_hold_seconds{provider="vendor"}"""));
        Assert.Equal(1, Value(text, "eod_database_up"));
        Assert.Single(Series(text, "eod_build_info"));
        Assert.Contains("# TYPE eod_provider_calls_total counter", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_sent_by_otlp_where_the_standard_variable_says()
    {
        using var folder = new TestFolder();
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var eod = await EodProcess.ServeAsync(
            folder, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{collector.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TestTime.Wall);
        using var client = await collector.AcceptTcpClientAsync(patience.Token);
        using var request = new StreamReader(client.GetStream());
        Assert.Equal("POST /v1/metrics HTTP/1.1", await request.ReadLineAsync(patience.Token));
    }

    private static IEnumerable<(string, string)> Watching(string vendor) =>
    [
        ("Eod:Providers:vendor:BaseAddress", vendor),
        ("Eod:Providers:vendor:KeyFromEnvironment", "VENDOR_KEY"),
        ("VENDOR_KEY", "s3cret"),
        ("Eod:Providers:vendor:DailyGetBudget", "1000"),
        ("Eod:Providers:vendor:Datasets:bars:Calendar", "24/7"),
        ("Eod:Providers:vendor:Datasets:bars:Url", "eod/{ticker}?date={date}"),
        ("Eod:Providers:vendor:Datasets:bars:PublicationDelay", "2h"),
        ("Eod:Providers:vendor:Datasets:bars:Rules:Format", "Json"),
        ("Eod:Providers:vendor:Datasets:bars:Rules:Date", "/date"),
        ("Eod:Providers:vendor:Datasets:bars:Tickers:0", "A"),
    ];

    private static IEnumerable<string> Series(string text, string name) =>
        text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal));

    private static double Value(string text, string series) =>
        text.Split('\n').Where(line => line.StartsWith(series + " ", StringComparison.Ordinal)).Select(Number).DefaultIfEmpty(double.NaN).Single();

    private static double Number(string line) => double.Parse(LastWord().Match(line).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\S+$")]
    private static partial Regex LastWord();
}
