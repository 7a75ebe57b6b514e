using System.CommandLine;
using System.CommandLine.Invocation;
using Npgsql;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>Runs the command that was asked for and says in one exit code how it went.</summary>
internal static class CommandRun
{
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var asked = root.Parse(args);
        if (asked.Errors.Count > 0 && !IsCompletion(args))
        {
            TellUsage(asked);
            return ExitCode.WrongUsage;
        }

        using var interruption = new Interruption();
        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await asked.InvokeAsync(invocation, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            CommandConsole.Talk.Line($"eod: interrupted. {InterruptedWork.Of(CommandPath.Of(asked.CommandResult))}", Color.Yellow);
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            foreach (var line in ExpectedFaults.Describe(e) ?? [$"unexpected: {e}"])
            {
                CommandConsole.Talk.Line($"eod: {line}", Color.Red);
            }

            if (e is NpgsqlException)
            {
                CommandConsole.Talk.Line("eod: `eod doctor` tells what is reachable.");
            }

            return ExitCode.Failed;
        }
    }

    // What is wrong, what may have been meant, and how it is typed.
    private static void TellUsage(ParseResult asked)
    {
        var (to, path) = (CommandConsole.Talk, CommandPath.Of(asked.CommandResult));
        using var faults = new StringWriter();
        if (asked.Action is ParseErrorAction action)
        {
            action.ShowHelp = false;
            asked.Invoke(new InvocationConfiguration { Output = faults, Error = faults });
        }

        foreach (var line in faults.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            to.Line($"eod: {line}", Color.Red);
        }

        if (CommandExamples.Of(path) is [var example, ..])
        {
            to.Line($"eod: for example: {example}");
        }

        to.Line($"eod: {(path.Length > 0 ? $"'eod {path} --help'" : "'eod --help'")} tells what there is.");
    }

    // A line that is being typed is seldom a whole one.
    private static bool IsCompletion(string[] args) => args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal);
}
