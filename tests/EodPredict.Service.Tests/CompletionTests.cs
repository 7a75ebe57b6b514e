using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>What helps somebody who types: completion in the shells that are here, and help with examples.</summary>
public sealed partial class CompletionTests(TestFolder folder) : IClassFixture<TestFolder>
{
    private const string Bash = """
        source <(eod completion bash)
        COMP_LINE='./eod keys create --role op'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(./eod keys create --role op); COMP_CWORD=4
        _eod; echo "${COMPREPLY[*]}"
        COMP_LINE='eod forecast --dataset '; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(eod forecast --dataset ''); COMP_CWORD=3
        _eod; echo "${COMPREPLY[*]}"
        """;

    private const string Zsh = """
        autoload -Uz compinit; compinit -u -d ./zcompdump
        source <(eod completion zsh)
        compadd() { shift; print -l "${(P)1}" }
        words=(./eod keys create --role op); CURRENT=5; _eod
        words=(eod forecast --dataset ''); CURRENT=4; _eod
        """;

    private const string Fish = """
        eod completion fish | source
        complete -C './eod keys create --role op'
        complete -C 'eod forecast --dataset u'
        """;

    [ShellFact("bash")]
    public Task Bash_completes_what_the_program_knows() => AssertCompletesAsync("bash", Bash);

    [ShellFact("zsh")]
    public Task Zsh_completes_what_the_program_knows() => AssertCompletesAsync("zsh", Zsh);

    [ShellFact("fish")]
    public Task Fish_completes_what_the_program_knows() => AssertCompletesAsync("fish", Fish);

    [Fact]
    public async Task The_help_of_every_command_has_examples_of_it()
    {
        var commands = new Queue<string>([""]);
        var seen = 0;
        for (; commands.TryDequeue(out var command); seen++)
        {
            await using var eod = await EodProcess.RunAsync(folder, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            var help = eod.Output.ReplaceLineEndings("\n");
            var examples = help[(help.IndexOf("Examples:\n", StringComparison.Ordinal) + 1)..];
            Assert.True(examples.Contains($"eod {command}".Trim(), StringComparison.Ordinal), $"'eod {command}' has no example");
            foreach (Match below in Below().Matches(help.Contains("Commands:\n", StringComparison.Ordinal)
                ? help[help.IndexOf("Commands:\n", StringComparison.Ordinal)..help.IndexOf("Examples:\n", StringComparison.Ordinal)] : ""))
            {
                commands.Enqueue($"{command} {below.Groups[1].Value}".Trim());
            }
        }

        Assert.True(seen > 25, $"only {seen} commands were found");
    }

    private async Task AssertCompletesAsync(string shell, string script)
    {
        folder.Write("eod.json", """{ "Eod": { "Providers": { "vendor": { "Datasets": { "usa": { } } } } } }""");
        var program = folder.Write("eod", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "eod.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(shell, [folder.Write($"try.{shell}", script)])
        {
            RedirectStandardOutput = true, WorkingDirectory = folder.PathOf(""),
        };
        start.Environment["PATH"] = $"{folder.PathOf("")}:{start.Environment["PATH"]}";
        start.Environment["HOME"] = folder.PathOf("");
        using var process = Process.Start(start)!;
        var completed = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("operator", completed);
        Assert.Contains("usa", completed.SelectMany(line => line.Split(' ')));
    }

    [GeneratedRegex(@"^  ([a-z]+)(?=  | <)", RegexOptions.Multiline)]
    private static partial Regex Below();
}
