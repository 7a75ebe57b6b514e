using System.CommandLine;

namespace EodPredict.Service.CommandLine;

/// <summary>Runs the command that was asked for and says in one exit code how it went.</summary>
internal static class CommandRun
{
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var asked = root.Parse(args);
        if (asked.Errors.Count > 0 && !IsCompletion(args))
        {
            foreach (var error in asked.Errors)
            {
                Console.Error.WriteLine($"eod: {error.Message}");
            }

            Console.Error.WriteLine("eod: see 'eod --help', or --help after a command.");
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
            Console.Error.WriteLine("eod: interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            foreach (var line in ExpectedFaults.Describe(e) ?? [$"unexpected: {e}"])
            {
                Console.Error.WriteLine($"eod: {line}");
            }

            return ExitCode.Failed;
        }
    }

    // A line that is being typed is seldom a whole one.
    private static bool IsCompletion(string[] args) => args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal);
}
