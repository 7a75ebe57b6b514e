using EodPredict.Service.CommandLine;

namespace EodPredict.Service.Tests;

/// <summary>Every command in docs does what it says, typed as it stands there. Those of the README are its own test's.</summary>
public sealed class DocumentedRunTests(DocumentedInstallation installation) : IClassFixture<DocumentedInstallation>
{
    // What is not typed here, by its beginning, and why.
    private static readonly Dictionary<string, string> NotHere = new()
    {
        ["./eod test"] = "It is what runs this.",
        ["./eod bench"] = "A benchmark takes minutes and wants a quiet machine.",
        ["eod serve"] = "It runs while the others are typed.",
        ["eod demo"] = "It lives through days; DemoTests does that.",
        ["eod vendor"] = "It runs while the others are typed.",
        ["eod models export --dataset throttle"] = "It needs weeks of what an endpoint bore; LimitTreesTests have them.",
        ["npm ci"] = "The launcher installs what the JavaScript example imports.",
        ["docker"] = "It needs a container engine; ContainerTests checks what it reads.",
        ["dotnet"] = "The launcher builds.",
        ["psql"] = "The README's test does it by a driver, at the folder that the service tells.",
    };

    private static readonly string[] Files =
    [
        "examples/orders/README.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}"),
    ];

    public static TheoryData<string> Pages => [.. Files];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_a_page_has_people_type_works(string page)
    {
        var text = Repository.Read(page);
        foreach (var line in DocumentedCommands.Lines(text).Concat(Mentioned(text)).Distinct().Where(line => !IsElsewhere(line)))
        {
            await installation.TypeAsync(line);
        }
    }

    [Fact]
    public void What_is_not_typed_here_is_in_the_docs()
    {
        string[] pages = [.. Files.Select(Repository.Read)];
        Assert.All(NotHere.Keys, beginning => Assert.Contains(pages, page => page.Contains(beginning, StringComparison.Ordinal)));
    }

    // In running text a command that lacks an argument is a name, as is one that stands for those below it.
    private static IEnumerable<string> Mentioned(string text) => DocumentedCommands.Mentions(text)
        .Where(words => EodCommand.Create().Parse(words).Errors.Count == 0)
        .Select(words => $"eod {string.Join(' ', words)}");

    private static bool IsElsewhere(string line) => NotHere.Keys.Any(beginning =>
        line.StartsWith(beginning, StringComparison.Ordinal) || line.StartsWith($"./{beginning}", StringComparison.Ordinal));
}
