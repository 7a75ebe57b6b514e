using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using EodPredict.Service.CommandLine;

namespace EodPredict.Service.Tests;

/// <summary>What people see: tables, colours and bars on a terminal, plain lines in a pipe, and advice where something is wrong.</summary>
public sealed partial class TerminalTests(ServedFolder served) : IClassFixture<ServedFolder>
{
    private const string Configuration = """
        { "Eod": { "Providers": { "vendor": { "BaseAddress": "http://127.0.0.1:1", "Datasets": {
          "seen": { "Calendar": "24/7", "Tickers": ["A", "B"], "Url": "/eod/{ticker}" } } } } } }
        """;

    private (string, string) Database => ("ConnectionStrings:Eod", $"Host={served.Data};Username=eod;Database=eod");

    [Fact]
    public async Task A_terminal_has_tables_and_colours_and_a_pipe_plain_lines()
    {
        using var folder = new TestFolder();
        folder.Write("eod.json", Configuration);
        string[] command = ["forecast", "--ticker", "A"];
        var shown = await TerminalRun.RunAsync(folder, command, Database);
        Assert.Matches(Colour(), shown);
        Assert.Contains("──", shown, StringComparison.Ordinal);

        var plain = await TerminalRun.RunAsync(folder, command, Database, ("NO_COLOR", "1"));
        Assert.DoesNotMatch(Colour(), plain);
        Assert.Contains("──", plain, StringComparison.Ordinal);

        await using var piped = await EodProcess.RunAsync(folder, command, Database, ("GITHUB_ACTIONS", "true"), ("TERM", "xterm-256color"));
        Assert.DoesNotContain('\u001b', piped.Output);
        Assert.Contains("session: seen A", piped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_work_shows_a_bar_on_a_terminal()
    {
        using var folder = new TestFolder();
        folder.Write("eod.json", Configuration);
        folder.Write("orders.csv", "client_key,side\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},buy\n")));
        folder.Write("arrivals.csv", ModelHistory.Csv());
        foreach (var (command, seen) in new (string[], string)[]
        {
            (["import", "availability", "arrivals.csv"], "import"),
            (["train", "--dataset", "seen"], "train seen: fitting trees"),
            (["backtest", "--arrivals", "arrivals.csv", "--last-days", "40", "--checks", "checks.csv"], "sessions played"),
            (["orders", "record", "--source", "bar", "--file", "orders.csv"], "orders record: 10000 orders"),
            (["orders", "next", "--count", "5000", "--out", "ids.txt"], "orders next"),
            (["export", "arrivals", "--out", "arrivals.parquet"], "export arrivals"),
        })
        {
            var shown = await TerminalRun.RunAsync(folder, command, Database);
            Assert.True(shown.Contains(seen, StringComparison.Ordinal) && shown.Contains('━'), $"{string.Join(' ', command)}: {shown}");

            // It goes away, and the cursor is there again.
            Assert.True(
                shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_command_that_does_something_takes_json()
    {
        var commands = new Queue<Command>([EodCommand.Create()]);
        var seen = 0;
        while (commands.TryDequeue(out var command))
        {
            command.Subcommands.ToList().ForEach(commands.Enqueue);
            if (command.Action is not null && command.Name != "completion")
            {
                Assert.True(command.Options.Any(option => option.Name == "--json"), $"{command.Name} has no --json");
                seen++;
            }
        }

        Assert.True(seen > 20, $"only {seen} commands were found");
    }

    [Theory]
    [InlineData("eod: serve", "servee")]
    [InlineData("eod: --port", "serve", "--prt", "5080")]
    [InlineData("for example: eod orders record --source", "orders", "record", "--source", "desk-7")]
    [InlineData("name a file with --out", "export", "arrivals", "--json")]
    [InlineData("'eod models show --help'", "models", "show", "surplus")]
    public async Task Wrong_usage_tells_what_would_be_right(string advice, params string[] arguments)
    {
        using var folder = new TestFolder();
        await using var eod = await EodProcess.RunAsync(folder, arguments);
        Assert.Equal(2, await eod.ExitCodeAsync());
        Assert.Contains(advice, eod.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_launcher_names_what_it_does_itself()
    {
        using var folder = new TestFolder();
        var launcher = folder.Write("eod", Repository.Read("eod"));
        var start = new ProcessStartInfo("/bin/sh", [launcher, "--help"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = folder.PathOf("");
        start.Environment.Remove("DOTNET_ROOT");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var help = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains("./eod test", help, StringComparison.Ordinal);
        Assert.Contains("./eod bench", help, StringComparison.Ordinal);
        await error;
    }

    [GeneratedRegex(@"\u001b\[[0-9;]+m")]
    private static partial Regex Colour();
}
