using System.CommandLine;
using System.Reflection;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod completion</c>: what a shell needs to complete <c>eod</c>. It asks the program itself, by the directive [suggest].</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Shells) };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Writes what a shell needs to complete commands, options and datasets.") { shell };
        command.SetAction(asked =>
        {
            using var script = new StreamReader(
                Assembly.GetExecutingAssembly().GetManifestResourceStream($"Completion/eod.{asked.GetRequiredValue(shell)}")!);
            Console.Write(script.ReadToEnd());
            return ExitCode.Done;
        });
        return command;
    }
}
