using System.Diagnostics;
using System.Text.Json;
using EodPredict.Service.Tests.Browser;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>
/// The README, done line by line as it stands there, by one who has copied nothing else. Hosts and ports differ, as a replay provider stands
/// for the real ones, a minute after a close; and fewer items are scraped.
/// </summary>
public sealed class ReadmeTests : IDisposable
{
    private const int Items = 1000;

    // The launcher's: demo is lived through in DemoTests, and test is what runs this.
    private static readonly string[] Launchers = ["./eod demo --days 5", "./eod test"];

    private readonly string _readme = Repository.Read("README.md");
    private readonly TestFolder _folder = new();
    private readonly List<string> _done = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_line_of_it_does_what_it_says()
    {
        await using var vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", 1000);
        _folder.Write("eod.json", Block("json"));
        var said = await DoAsync("./eod doctor", vendor);
        Assert.Contains("eodhd/us: 2 tickers", said, StringComparison.Ordinal);
        Assert.DoesNotContain("BAD", said, StringComparison.Ordinal);

        await using var eod = await EodProcess.ServeAsync(_folder, Settings(vendor));
        _done.Add("./eod serve");
        await TestTime.UntilAsync("the first GETs are planned", async () =>
        {
            using var sessions = JsonDocument.Parse(await eod.ReadAsync("/api/sessions"));
            return sessions.RootElement.GetProperty("entries").EnumerateArray().Count(session =>
                session.GetProperty("next_method").GetString() == "GET") >= 2;
        });
        Assert.Contains("next check: GET at", await DoAsync(Mentioned("./eod forecast"), vendor), StringComparison.Ordinal);

        _folder.Write("FILE.csv", ModelHistory.Csv());
        await DoAsync(Mentioned("./eod import"), vendor);
        await DoAsync(Mentioned("./eod models list"), vendor);
        await DoAsync(Mentioned("./eod export"), vendor);
        Assert.True(new FileInfo(_folder.PathOf("arrivals.parquet")).Length > 0);

        await ScrapeAsync(vendor);
        await RecordAsync(eod);

        var lines = DocumentedCommands.Lines(_readme).Where(line => !line.StartsWith("export ", StringComparison.Ordinal));
        Assert.Empty(lines.Except(Launchers).Except(_done));
    }

    [Fact]
    public void Its_picture_was_rendered_by_what_renders_the_page_today() =>
        Assert.True(
            ReadmePicture.KnownHash == ReadmePicture.HashNow(),
            "The pages have changed since docs/pictures/today.png was made. Run the test of DemoPagesTests with EOD_PICTURES=/tmp/pictures.");

    private async Task ScrapeAsync(EodProcess vendor)
    {
        await DoAsync(Line("./eod scrape --job"), vendor);
        await DoAsync(Line("./eod scrape export"), vendor);
        Assert.Equal(Items, File.ReadLines(_folder.PathOf("bars.jsonl")).Count());
    }

    private async Task RecordAsync(EodProcess eod)
    {
        await using var database = NpgsqlDataSource.Create($"Host={_folder.Data};Username=eod;Database=eod");
        await using var record = database.CreateCommand(Block("sql"));
        var id = (long)(await record.ExecuteScalarAsync())!;

        var line = Line("curl ");
        using var curl = Process.Start(new ProcessStartInfo(
            "bash", ["-c", line.Replace("curl ", "curl -s ", StringComparison.Ordinal).Replace("localhost:5080", eod.Url, StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
        })!;
        using var reply = JsonDocument.Parse(await curl.StandardOutput.ReadToEndAsync());
        await curl.WaitForExitAsync();
        Assert.Equal((id, false), (reply.RootElement.GetProperty("order_id").GetInt64(), reply.RootElement.GetProperty("created").GetBoolean()));
        _done.Add(line);
    }

    private async Task<string> DoAsync(string line, EodProcess vendor)
    {
        _done.Add(line);
        string[] words = [.. Assert.Single(DocumentedCommands.Calls(line)).Select(word =>
            word.Replace("https://host/", vendor.Url.TrimEnd('/') + "/", StringComparison.Ordinal)
                .Replace("1..20000", $"1..{Items}", StringComparison.Ordinal))];
        await using var eod = await EodProcess.RunAsync(_folder, words, Settings(vendor));
        Assert.True(await eod.ExitCodeAsync() == 0, $"{line}: {eod.Error}");
        return eod.Output;
    }

    private static (string Key, string Value)[] Settings(EodProcess vendor) =>
    [
        ("EODHD_TOKEN", "played"), ("HOST_KEY", "played"), ("Eod:Providers:eodhd:BaseAddress", vendor.Url),
        ("Eod:Clock:WallOrigin", TestTime.Wall.GetUtcNow().AddMinutes(-1).ToString("O")),
        ("Eod:Clock:ServiceOrigin", "2026-11-20T21:01:00Z"),
    ];

    private string Line(string beginning) =>
        Assert.Single(DocumentedCommands.Lines(_readme), line => line.StartsWith(beginning, StringComparison.Ordinal));

    private string Mentioned(string beginning) => $"./eod {string.Join(' ', Assert.Single(DocumentedCommands.Mentions(_readme), words =>
        $"./eod {string.Join(' ', words)}".StartsWith(beginning, StringComparison.Ordinal)))}";

    private string Block(string language) => Assert.Single(DocumentedCommands.Blocks(_readme), block => block.Language == language).Text;
}
