using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>The commands that README and docs tell people to type.</summary>
internal static partial class DocumentedCommands
{
    // What the launcher does itself, and what shells ask.
    private static readonly string[] Elsewhere = ["test", "bench", "ANYTHING", "suggest", "--help"];

    /// <summary>Blocks of a page that stand between fences, with their language.</summary>
    public static IEnumerable<(string Language, string Text)> Blocks(string page) =>
        Fence().Matches(page).Select(block => (block.Groups[1].Value, block.Groups[2].Value));

    /// <summary>Lines to type: those of blocks without a language, continued ones joined, without comments.</summary>
    public static IEnumerable<string> Lines(string page) => Blocks(page).Where(block => block.Language.Length == 0)
        .SelectMany(block => block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 0);

    /// <summary>What a line has the program do, as its arguments; none where it does not call the program, or only the launcher.</summary>
    public static IEnumerable<string[]> Calls(string line) => Call().Matches(line)
        .Select(call => Word().Matches(call.Groups[1].Value).Select(word => word.Value.Trim('\'', '"', '[', ']')).ToArray())
        .Where(words => words is [var first, ..] && !Elsewhere.Any(one => first.StartsWith(one, StringComparison.Ordinal)));

    /// <summary>Calls that are mentioned in running text.</summary>
    public static IEnumerable<string[]> Mentions(string page) =>
        Inline().Matches(Fence().Replace(page, "")).SelectMany(span => Calls(span.Groups[1].Value));

    [GeneratedRegex("^```(\\w*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:^|[\s(])(?:\./)?eod ((?:'[^']*'|""[^""]*""|[^|><&;)])*)")]
    private static partial Regex Call();

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Inline();
}
