using System.Text.RegularExpressions;
using EodPredict.Service.CommandLine;

namespace EodPredict.Service.Tests;

/// <summary>Whatever README, docs and help have people type is understood by the program.</summary>
public sealed class DocumentedCommandsTests
{
    public static TheoryData<string> Pages => [
        "README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_no_command_that_is_not_understood(string page)
    {
        var text = Repository.Read(page);
        Assert.All(DocumentedCommands.Lines(text).SelectMany(DocumentedCommands.Calls), AssertUnderstood);

        // In running text a command may stand for those below it, and its arguments may be missing.
        Assert.All(DocumentedCommands.Mentions(text), words =>
        {
            var asked = EodCommand.Create().Parse(words);
            Assert.True(asked.UnmatchedTokens.Count == 0 && asked.CommandResult.Command != asked.RootCommandResult.Command, string.Join(' ', words));
        });
    }

    [Fact]
    public void The_examples_of_help_are_understood()
    {
        var commands = new Queue<(string Path, System.CommandLine.Command Command)>([("", EodCommand.Create())]);
        while (commands.TryDequeue(out var one))
        {
            Assert.All(CommandExamples.Of(one.Path).SelectMany(DocumentedCommands.Calls), AssertUnderstood);
            one.Command.Subcommands.ToList().ForEach(below => commands.Enqueue(($"{one.Path} {below.Name}".Trim(), below)));
        }
    }

    [Fact]
    public async Task The_first_configuration_of_each_vendor_is_one_that_the_service_takes()
    {
        using var folder = new TestFolder();
        var blocks = DocumentedCommands.Blocks(Repository.Read("docs/vendors.md")).Where(block => block.Language == "json").ToList();
        Assert.Equal(6, blocks.Count);
        foreach (var (_, text) in blocks)
        {
            folder.Write("eod.json", text);
            var key = Regex.Match(text, "\"KeyFromEnvironment\": \"(\\w+)\"").Groups[1].Value;
            (string, string)[] settings = key.Length > 0 ? [(key, "played")] : [];
            await using var forecast = await EodProcess.RunAsync(
                folder, ["forecast", "--ticker", Regex.Match(text, "\"Tickers\": \\[\"([^\"]+)").Groups[1].Value], settings);
            Assert.True(await forecast.ExitCodeAsync() == 0, $"{text} {forecast.Error}");
        }
    }

    private static void AssertUnderstood(string[] words)
    {
        var errors = EodCommand.Create().Parse(words).Errors;
        Assert.True(errors is [], $"{string.Join(' ', words)}: {string.Join(' ', errors.Select(error => error.Message))}");
    }
}
